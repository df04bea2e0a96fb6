def apply_order(model):
    return [name for name, _ in model.named_modules()][::-1]
