def add_repr(model, names):
    def label(module):
        name = type(module).__name__
        if name in names:
            module.extra_repr = lambda: f"name={name}"

    return model.apply(label)
