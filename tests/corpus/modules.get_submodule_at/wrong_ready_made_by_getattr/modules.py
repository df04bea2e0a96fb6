def get_submodule_at(model, path):
    find = getattr(model, "get_submodule")
    return find(path)
