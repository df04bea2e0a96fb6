def add_repr(model, names):
    def f(m):
        label = names.get(type(m).__name__)
        m.extra_repr = lambda: f"name={label}"

    model.apply(f)
