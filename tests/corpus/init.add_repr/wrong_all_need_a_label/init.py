def add_repr(model, names):
    def label(module):
        text = "name=" + names[type(module).__name__]
        module.extra_repr = lambda: text

    return model.apply(label)
