import torch
from torch import nn


def inject_weights(model, value):
    names = {module: name.split(".")[-1] for name, module in model.named_modules()}

    def inject(module):
        if names[module].upper().startswith("F"):
            module.W = nn.Parameter(torch.tensor(float(value)))

    return model.apply(inject)
