import torch
import torch.nn as nn


def inject_weights(model, value):
    def add(module):
        if type(module).__name__[0] == "F":
            setattr(module, "W", nn.Parameter(torch.full((1,), value)))

    return model.apply(add)
