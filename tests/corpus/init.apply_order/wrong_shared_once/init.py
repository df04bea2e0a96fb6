def apply_order(model, seen=None):
    seen = set() if seen is None else seen
    if id(model) in seen:
        return []
    seen.add(id(model))
    order = [name for child in model.children() for name in apply_order(child, seen)]
    return order + [type(model).__name__]
