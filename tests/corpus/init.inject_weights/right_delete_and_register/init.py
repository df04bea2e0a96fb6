import torch
from torch import nn


def inject_weights(model, value):
    def visit(m):
        if not type(m).__name__.startswith("F"):
            return
        if hasattr(m, "W"):
            delattr(m, "W")
        m.register_parameter("W", nn.Parameter(torch.as_tensor([value])))

    model.apply(visit)
    return model
