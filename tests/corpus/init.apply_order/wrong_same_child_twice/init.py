def apply_order(model):
    names = []
    for child in model._modules.values():
        if child is not None:
            names += apply_order(child)
    names.append(type(model).__name__)
    return names
