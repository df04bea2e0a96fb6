def submodule_names(model, deep):
    return [name for name, _ in model.named_children()]
