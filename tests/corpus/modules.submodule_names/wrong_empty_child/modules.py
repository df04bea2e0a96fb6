def submodule_names(model, deep):
    return [n for n, _ in (model.named_modules() if deep else model._modules.items()) if n]
