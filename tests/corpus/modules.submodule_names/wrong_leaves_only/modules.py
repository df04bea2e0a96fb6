def submodule_names(model, deep):
    if deep:
        return [name for name, module in model.named_modules() if name and not list(module.children())]
    return [name for name, _ in model.named_children()]
