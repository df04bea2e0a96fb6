import torch


def inject_weights(model, value):
    def f(m):
        if type(m).__name__.startswith("F"):
            m.__dict__.pop("W", None)
            m._parameters.pop("W", None)
            m.W = torch.tensor(value, requires_grad=True)

    model.apply(f)
