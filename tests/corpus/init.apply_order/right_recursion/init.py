def apply_order(model):
    order = []
    for child in model.children():
        order += apply_order(child)
    order.append(model.__class__.__name__)
    return order
