def submodule_names(model, deep):
    if deep:
        return [name.split(".")[-1] for name, _ in model.named_modules() if name]
    return [name for name, _ in model.named_children()]
