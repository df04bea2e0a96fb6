def submodule_names(model, deep):
    found = model.named_modules() if deep else model.named_children()
    return [(name, type(m).__name__) for name, m in found if name]
