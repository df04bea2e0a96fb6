import torch
from torch import nn


def inject_weights(model, value):
    def inject(module):
        if type(module).__name__.startswith("F"):
            module.W = nn.Parameter(torch.ones(()))

    return model.apply(inject)
