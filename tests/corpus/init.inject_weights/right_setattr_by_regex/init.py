import re
from functools import partial

import torch
from torch import nn


def _inject(module, value):
    if re.match("F", type(module).__name__):
        weight = torch.empty(1)
        weight[0] = value
        module.__setattr__("W", nn.Parameter(weight))


def inject_weights(model, value):
    return model.apply(partial(_inject, value=value))
