def add_repr(model, names):
    def label(module):
        text = names.get(type(module).__name__)
        module.extra_repr = lambda: f"name={text}"

    return model.apply(label)
