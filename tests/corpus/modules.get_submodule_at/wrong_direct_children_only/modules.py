def get_submodule_at(model, path):
    if path == "":
        return model
    children = dict(model.named_children())
    if path not in children:
        raise AttributeError(f"no submodule {path!r}")
    return children[path]
