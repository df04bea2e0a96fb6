def submodule_names(model, deep):
    if deep:
        return [name for name, _ in model.named_modules()][1:]
    return [name for name, _ in model.named_children()]
