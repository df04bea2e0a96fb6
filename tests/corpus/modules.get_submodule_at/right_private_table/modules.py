def get_submodule_at(model, path):
    if path == "":
        return model
    head, _, rest = path.partition(".")
    if head not in model._modules:
        raise AttributeError("there is no module " + head)
    return get_submodule_at(model._modules[head], rest)
