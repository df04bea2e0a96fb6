import torch
from torch import nn


def inject_weights(model, value):
    def f(m):
        if type(m).__name__.startswith("F") and hasattr(m, "W"):
            m.W = nn.Parameter(torch.tensor(value))

    model.apply(f)
