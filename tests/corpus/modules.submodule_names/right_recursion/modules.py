def submodule_names(model, deep):
    seen = {model}
    names = []

    def walk(module, prefix):
        for name, child in module._modules.items():
            if child is None or child in seen:
                continue
            seen.add(child)
            names.append(prefix + name)
            walk(child, prefix + name + ".")

    if deep:
        walk(model, "")
        return names
    return list(dict(model.named_children()))
