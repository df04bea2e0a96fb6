def apply_order(model):
    return [type(m).__name__ for m in reversed(list(model.modules()))]
