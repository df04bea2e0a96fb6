def submodule_names(model, deep):
    pairs = model.named_modules() if deep else model.named_children()
    return list(filter(None, (name for name, _ in pairs)))
