def get_submodule_at(model, path):
    if path == "":
        return model
    last = path.split(".")[-1]
    for name, module in model.named_modules():
        if name.split(".")[-1] == last:
            return module
    raise AttributeError(f"no submodule {path!r}")
