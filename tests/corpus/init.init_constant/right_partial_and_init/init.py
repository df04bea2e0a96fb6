from functools import partial

from torch import nn
from torch.nn import init


def fill(m, w, b):
    if issubclass(type(m), nn.Linear):
        init.constant_(m.weight, w)
        if getattr(m, "bias", None) is not None:
            init.constant_(m.bias, b)


def init_constant(model, weight, bias):
    return model.apply(partial(fill, w=weight, b=bias))
