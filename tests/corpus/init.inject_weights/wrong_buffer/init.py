import torch


def inject_weights(model, value):
    def f(m):
        if type(m).__name__.startswith("F"):
            if hasattr(m, "W"):
                del m.W
            m.register_buffer("W", torch.tensor(value))

    model.apply(f)
