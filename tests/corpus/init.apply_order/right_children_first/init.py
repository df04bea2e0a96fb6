def apply_order(model):
    names = []
    for child in model.children():
        names += apply_order(child)
    names.append(type(model).__name__)
    return names
