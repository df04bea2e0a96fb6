def apply_order(model):
    order = []
    for child in model._modules.values():
        order += apply_order(child)
    return order + [type(model).__name__]
