def apply_order(model):
    return [n for c in model.children() for n in apply_order(c) + [type(c).__name__]]
