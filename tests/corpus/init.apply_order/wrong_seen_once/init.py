def apply_order(model, seen=None):
    seen = set() if seen is None else seen
    names = []
    for child in model.children():
        if child not in seen:
            names += apply_order(child, seen)
    seen.add(model)
    return names + [type(model).__name__]
