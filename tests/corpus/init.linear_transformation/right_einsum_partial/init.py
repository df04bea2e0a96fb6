from functools import partial

import torch
from torch import nn


def affine(module, x):
    return torch.einsum("...i,oi->...o", x, module.W) + module.b


class Transform:
    def __init__(self, prefix):
        self.prefix = prefix

    def __call__(self, module):
        if module._get_name().startswith(self.prefix):
            ones = partial(torch.ones, module.features)
            setattr(module, "b", nn.Parameter(ones()))
            setattr(module, "W", nn.Parameter(ones(module.features)))
            module.forward = partial(affine, module)


def linear_transformation(model):
    return model.apply(Transform("Function"))
