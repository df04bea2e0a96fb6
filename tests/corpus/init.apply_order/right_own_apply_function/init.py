def apply(f, module):
    for child in module.children():
        apply(f, child)
    f(module)


def apply_order(model):
    names = []
    apply(lambda m: names.append(type(m).__name__), model)
    return names
