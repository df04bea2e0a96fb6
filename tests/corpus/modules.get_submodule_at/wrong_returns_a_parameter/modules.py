def get_submodule_at(model, path):
    found = model
    if path:
        for name in path.split("."):
            found = getattr(found, name)
    return found
