import torch
from torch import nn


def inject_weights(model, value):
    def f(m):
        if m.__class__.__name__.startswith("F"):
            m.W = nn.Parameter(torch.tensor(float(value)))

    model.apply(f)
