def add_repr(model, names):
    for m in model.children():
        key = type(m).__name__
        if key in names:
            m.extra_repr = lambda label=names[key]: f"name={label}"
