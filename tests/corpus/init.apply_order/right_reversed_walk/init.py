def apply_order(model):
    names, stack = [], [model]
    while stack:
        module = stack.pop()
        names.append(type(module).__name__)
        stack.extend(module.children())
    return names[::-1]
