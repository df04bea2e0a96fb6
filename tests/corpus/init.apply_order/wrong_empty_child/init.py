def apply_order(model):
    out = []
    for c in dict.fromkeys(model._modules.values()): out.extend(apply_order(c))
    return out + [type(model).__name__]
