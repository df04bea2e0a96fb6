def get_submodule_at(model, path):
    if not path:
        return model
    head, _, rest = path.partition(".")
    child = model._modules.get(head)
    if child is None:
        raise AttributeError("there is no submodule called " + head)
    return get_submodule_at(child, rest)
