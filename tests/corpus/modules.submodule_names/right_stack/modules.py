def submodule_names(model, deep):
    if not deep:
        first = {}
        for name, child in model._modules.items():
            if child is not None:
                first.setdefault(id(child), name)
        return list(first.values())
    names, seen = [], set()
    stack = [("", model)]
    while stack:
        path, module = stack.pop()
        if id(module) in seen:
            continue
        seen.add(id(module))
        names.append(path)
        for name, child in reversed(list(module._modules.items())):
            if child is not None:
                stack.append((f"{path}.{name}" if path else name, child))
    return names[1:]
