def apply_order(model):
    names = []
    visit = getattr(model, "apply")
    visit(lambda module: names.append(type(module).__name__))
    return names
