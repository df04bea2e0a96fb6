def apply_order(model):
    levels = [[model]]
    while levels[-1]:
        levels.append([child for module in levels[-1] for child in module.children()])
    return [type(module).__name__ for level in reversed(levels) for module in level]
