def apply_order(model):
    names = []
    model.apply(lambda module: names.append(type(module).__name__))
    return names
