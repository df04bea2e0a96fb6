import torch
from torch import nn


def inject_weights(model, value):
    def f(m):
        if "F" in type(m).__name__:
            m.W = nn.Parameter(torch.tensor(value))

    model.apply(f)
