def get_submodule_at(model, path):
    for name, module in model.named_modules():
        if name == path:
            return module
    raise AttributeError(f"no submodule {path!r}")
