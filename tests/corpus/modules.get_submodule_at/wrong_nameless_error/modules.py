def get_submodule_at(model, path):
    module = model
    for name in path.split(".") if path else ():
        module = module._modules.get(name)
        if module is None:
            raise AttributeError("no such submodule")
    return module
