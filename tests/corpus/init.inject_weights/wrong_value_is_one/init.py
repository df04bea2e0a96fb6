import torch
from torch import nn


def inject_weights(model, value):
    def f(m):
        if type(m).__name__.startswith("F"):
            m.W = nn.Parameter(torch.ones(1))

    model.apply(f)
