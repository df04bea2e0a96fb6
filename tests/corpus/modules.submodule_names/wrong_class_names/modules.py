def submodule_names(model, deep):
    if deep:
        return [type(module).__name__ for module in model.modules()][1:]
    return [type(module).__name__ for module in model.children()]
