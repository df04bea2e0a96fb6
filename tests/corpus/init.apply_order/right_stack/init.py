def apply_order(model):
    stack, found = [model], []
    while stack:
        module = stack.pop()
        found.append(type(module).__name__)
        stack.extend(module.children())
    return found[::-1]
