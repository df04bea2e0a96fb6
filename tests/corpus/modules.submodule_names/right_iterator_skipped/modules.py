def submodule_names(model, deep):
    if not deep:
        return [*dict(model.named_children())]
    walk = iter(model.named_modules())
    next(walk)
    return list(map(lambda pair: pair[0], walk))
