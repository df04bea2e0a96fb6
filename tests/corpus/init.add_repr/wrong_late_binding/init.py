def add_repr(model, names):
    for m in model.modules():
        key = type(m).__name__
        if key in names:
            m.extra_repr = lambda: f"name={names[key]}" if key in names else "name=?"
