import torch
from torch import nn


def inject_weights(model, value):
    for module in model.modules():
        if type(module).__name__.startswith("F"):
            module.W = nn.Parameter(torch.tensor(float(value)))
    return model
