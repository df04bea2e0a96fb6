def add_repr(model, names):
    def f(m):
        key = type(m).__name__
        if key in names:
            m.extra_repr = lambda label=names[key]: f"name={label}"

    model.apply(f)
