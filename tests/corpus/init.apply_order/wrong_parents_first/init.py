def apply_order(model):
    return [type(module).__name__ for module in model.modules()]
