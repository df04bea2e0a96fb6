def get_submodule_at(model, path):
    modules = dict(model.named_modules(remove_duplicate=False))
    try:
        return modules[path]
    except KeyError:
        raise AttributeError(f"no module at {path}") from None
