def apply_order(model):
    order = []
    stack = [(model, False)]
    while stack:
        module, ready = stack.pop()
        if ready:
            order.append(module)
        else:
            stack.append((module, True))
            stack.extend((child, False) for child in reversed(tuple(module.children())))
    return [module._get_name() for module in order]
