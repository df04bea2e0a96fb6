import torch
from torch import nn


def inject_weights(model, value):
    def f(m):
        if m is not model and type(m).__name__.startswith("F"):
            m.W = nn.Parameter(torch.tensor(value))

    model.apply(f)
