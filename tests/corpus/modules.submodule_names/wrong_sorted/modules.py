def submodule_names(model, deep):
    if deep:
        return sorted(name for name, _ in model.named_modules() if name)
    return sorted(name for name, _ in model.named_children())
