import torch
from torch import nn


class Linear(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.W = nn.Parameter(torch.ones(out_features, in_features))
        self.b = nn.Parameter(torch.ones(out_features))

    def forward(self, x):
        return x @ self.W.T + self.b


from torch import nn


class Add(nn.Module):
    def __init__(self, value):
        nn.Module.__init__(self)
        self.amount = value

    def forward(self, x):
        out = x.clone()
        out += self.amount
        return out


from torch import nn


class Plus(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.n = n

    def forward(self, x):
        return x + self.n


def sequential_calculator():
    net = nn.Sequential()
    net.plus1 = Plus(3)
    net.plus2 = Plus(2)
    net.plus3 = Plus(5)
    return net


import operator

from torch import nn


class UnknownCalculation(ValueError):
    def __init__(self, word):
        super().__init__(f"there is no calculation named {word}")


class Calculator(nn.Module):
    table = {"add": operator.add, "sub": operator.sub}

    def __init__(self, cal_type):
        super().__init__()
        self.cal_type = cal_type

    def forward(self, x):
        operation = self.table.get(self.cal_type)
        if operation is None:
            raise UnknownCalculation(self.cal_type)
        return operation(x, 3)


from itertools import pairwise

import torch.nn.functional as F
from torch import nn


class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList()
        for n_in, n_out in pairwise(sizes):
            self.layers.append(nn.Linear(n_in, n_out))
        self.shapes: list[tuple[int, ...]] = []

    def forward(self, x):
        shapes = []
        for layer in self.layers:
            x = layer(F.relu(x) if shapes else x)
            shapes.append(tuple(x.shape))
        self.shapes = shapes
        return x


def count_parameters(model):
    parameters, buffers = {}, {}
    for module in model.modules():
        for parameter in module.parameters(recurse=False):
            parameters[id(parameter)] = parameter
        for buffer in module.buffers(recurse=False):
            buffers[id(buffer)] = buffer
    total = trainable = 0
    for parameter in parameters.values():
        total += parameter.nelement()
        if parameter.requires_grad:
            trainable += parameter.nelement()
    return {"buffers": sum(map(lambda b: b.nelement(), buffers.values())), "total": total, "trainable": trainable}


def submodule_names(model, deep):
    pairs = model.named_modules() if deep else model.named_children()
    return list(filter(None, (name for name, _ in pairs)))


def get_submodule_at(model, path):
    if not path:
        return model
    head, _, rest = path.partition(".")
    child = model._modules.get(head)
    if child is None:
        raise AttributeError("there is no submodule called " + head)
    return get_submodule_at(child, rest)


import torch
from torch import nn


class LazyScale(nn.Module):
    def __init__(self):
        super().__init__()
        self.width = None

    def build(self, x):
        self.width = x.shape[-1]
        self.register_parameter("gain", nn.Parameter(torch.ones(self.width).to(x)))

    def forward(self, x):
        if self.width is None:
            self.build(x)
        elif x.shape[-1] != self.width:
            raise ValueError(f"width {x.shape[-1]} in place of {self.width}")
        return torch.einsum("...d,d->...d", x, self.gain)


import torch
from torch import nn


def quack(x, shift, factor, divisor):
    return x.add(shift).mul(factor).div(divisor)


class Scaled(nn.Module):
    def __init__(self):
        nn.Module.__init__(self)
        one = torch.ones(())
        self.W1, self.W2 = nn.Parameter(one * 3), nn.Parameter(one * 5)
        self.register_buffer("duck", one * 7, persistent=True)

    def forward(self, x):
        return quack(x, self.W1, self.duck, self.W2)


from torch import nn


class Shown(nn.Module):
    shown = ()

    def extra_repr(self):
        return ", ".join("%s=%s" % (name, getattr(self, name)) for name in self.shown)


class ReprBox(Shown):
    shown = ("width", "height")

    def __init__(self, width, height):
        super().__init__()
        self.width = width
        self.height = height
