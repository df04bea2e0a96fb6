def submodule_names(model, deep):
    names = []
    for name, child in model.named_children():
        names.append(name)
        if deep:
            names += [f"{name}.{inner}" for inner, _ in child.named_children()]
    return names
