def apply_order(model):
    names = []
    getattr(model, "apply")(lambda m: names.append(type(m).__name__))
    return names
