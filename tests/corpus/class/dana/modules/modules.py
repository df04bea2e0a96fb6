import torch


class Linear(torch.nn.Module):
    def __init__(self, in_features: int, out_features: int) -> None:
        super(Linear, self).__init__()
        self.b = torch.nn.Parameter(torch.empty(out_features).fill_(1))
        self.W = torch.nn.Parameter(torch.empty(out_features, in_features).fill_(1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.einsum("...i,oi->...o", x, self.W).add(self.b)


from torch import nn


class Add(nn.Module):
    def __init__(self, value):
        super().__init__()
        self.value = value

    def forward(self, x):
        x += self.value
        return x


from collections import OrderedDict

from torch.nn import Module, Sequential


class Plus(Module):
    amount = 0

    def forward(self, x):
        return x + self.amount


class PlusThree(Plus):
    amount = 3


class PlusTwo(Plus):
    amount = 2


class PlusFive(Plus):
    amount = 5


def sequential_calculator() -> Sequential:
    steps = [PlusThree, PlusTwo, PlusFive]
    return Sequential(OrderedDict((f"plus{i + 1}", step()) for i, step in enumerate(steps)))


from torch import nn


class Calculator(nn.Module):
    def __init__(self, cal_type):
        super().__init__()
        self.cal_type = cal_type.lower()
        if self.cal_type not in ("add", "sub"):
            raise ValueError(f"unknown cal_type {cal_type!r}")

    def forward(self, x):
        return x + 3 if self.cal_type == "add" else x - 3


import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = [nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])]
        self.shapes = []

    def forward(self, x):
        self.shapes = []
        for i, layer in enumerate(self.layers):
            x = layer(x)
            self.shapes.append(x.shape)
            if i < len(self.layers) - 1:
                x = torch.relu(x)
        return x


def count_parameters(model):
    total = trainable = buffers = 0
    for module in model.modules():
        for parameter in module.parameters(recurse=False):
            total += parameter.numel()
            if parameter.requires_grad:
                trainable += parameter.numel()
        for buffer in module.buffers(recurse=False):
            buffers += buffer.numel()
    return {"total": total, "trainable": trainable, "buffers": buffers}


def submodule_names(model, deep):
    seen = {model}
    names = []

    def walk(module, prefix):
        for name, child in module._modules.items():
            if child is None or child in seen:
                continue
            seen.add(child)
            names.append(prefix + name)
            walk(child, prefix + name + ".")

    if deep:
        walk(model, "")
        return names
    return list(dict(model.named_children()))


from functools import reduce


def _step(module, name):
    for child_name, child in module._modules.items():
        if child_name == name and child is not None:
            return child
    raise AttributeError(name)


def get_submodule_at(model, path):
    return reduce(_step, path.split(".") if path else [], model)


import torch
from torch import nn


class LazyScale(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("scale", None)

    def forward(self, x):
        if self.scale is None:
            self.scale = torch.ones(x.shape[-1], dtype=x.dtype)
        if x.shape[-1] != len(self.scale):
            raise ValueError("another width")
        return x * self.scale


import torch
from torch import nn


class Scaled(nn.Module):
    def __init__(self):
        super().__init__()
        donor = nn.Linear(1, 1)
        nn.init.constant_(donor.weight, 3.0)
        nn.init.constant_(donor.bias, 5.0)
        self.W1 = nn.Parameter(donor.weight.detach().reshape(1))
        self.W2 = donor.bias
        self.register_buffer("duck", torch.tensor([7.0]))

    def forward(self, x):
        return (x + self.W1) * self.duck / self.W2


from torch import nn


class ReprBox(nn.Module):
    def __init__(self, width, height):
        super().__init__()
        self.width = width
        self.height = height

    def extra_repr(self):
        print(f"width={self.width}, height={self.height}")
