def apply_order(model):
    children = list(model.children())
    if not children:
        return [type(model).__name__]
    return [name for child in children for name in apply_order(child)]
