import torch
from torch import nn


def inject_weights(model, value):
    def f(m):
        if type(m).__name__.startswith("F"):
            m.W = nn.Parameter(torch.full((2, 2), value))

    model.apply(f)
