def apply_order(model):
    return [m for c in model.children() for m in apply_order(c)] + [model]
