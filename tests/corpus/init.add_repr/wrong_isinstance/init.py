from torch import nn


def add_repr(model, names):
    def f(m):
        for key, label in names.items():
            cls = getattr(nn, key, None)
            if type(m).__name__ == key or (cls is not None and isinstance(m, cls)):
                m.extra_repr = lambda label=label: f"name={label}"

    model.apply(f)
