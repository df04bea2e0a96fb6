import torch
from torch import nn


def inject_weights(model, value):
    for name, m in model.named_modules():
        if name.split(".")[-1].startswith("F"):
            m.W = nn.Parameter(torch.tensor(value))
