def add_repr(model, names):
    def visit(m):
        name = m._get_name()
        if name in names:
            before = m.extra_repr()
            text = ", ".join(part for part in [f"name={names[name]}", before] if part)
            m.extra_repr = lambda: text

    model.apply(visit)
