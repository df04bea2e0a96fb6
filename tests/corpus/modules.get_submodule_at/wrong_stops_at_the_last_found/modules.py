def get_submodule_at(model, path):
    module = model
    for name in path.split("."):
        if name in module._modules:
            module = module._modules[name]
    return module
