def add_repr(model, names):
    def label(module):
        name = type(module).__name__
        module.extra_repr = (lambda: f"name={names[name]}") if name in names else (lambda: "")

    return model.apply(label)
