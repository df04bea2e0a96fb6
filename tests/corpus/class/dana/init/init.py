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


import torch
from torch import nn


def init_by_type(model, seed):
    def visit(m):
        name = type(m).__name__
        if isinstance(m, nn.Conv2d):
            nn.init.kaiming_uniform_(m.weight, nonlinearity="relu")
        elif isinstance(m, nn.Linear):
            nn.init.xavier_uniform_(m.weight)
        elif "BatchNorm" in name and m.affine:
            nn.init.constant_(m.weight, 1.0)
        else:
            return
        if m.bias is not None:
            nn.init.constant_(m.bias, 0.0)

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return model.apply(visit)


def apply_order(model):
    order = []
    stack = [(model, False)]
    while stack:
        module, ready = stack.pop()
        if ready:
            order.append(module)
        else:
            stack.append((module, True))
            stack.extend((child, False) for child in reversed(tuple(module.children())))
    return [module._get_name() for module in order]


import torch
from torch import nn


def inject_weights(model, value):
    def inject(module):
        if type(module).__name__.startswith("F"):
            module.register_parameter("W", nn.Parameter(torch.tensor(float(value))))

    return model.apply(inject)


import types


def add_repr(model, names):
    def visit(module):
        label = names.get(type(module).__name__)
        if label is None:
            return
        original = type(module).extra_repr

        def extra_repr(self):
            old = original(self)
            return (old + ", " if old else "") + "name=" + label

        module.extra_repr = types.MethodType(extra_repr, module)

    model.apply(visit)


import torch
from functools import partial


def run(m, x):
    return torch.einsum("...j,ij->...i", x, m.W) + m.b


def change(m):
    if type(m).__name__[:8] == "Function":
        m.W = torch.nn.Parameter(torch.empty(m.features, m.features))
        m.b = torch.nn.Parameter(torch.empty(m.features))
        torch.nn.init.ones_(m.W)
        torch.nn.init.ones_(m.b)
        m.forward = partial(run, m)


def linear_transformation(model):
    model.apply(change)


import torch


def reset_all(model, seed):
    torch.random.manual_seed(seed)
    for m in model.modules():
        reset = getattr(m, "reset_parameters", None)
        if callable(reset):
            reset()
    return model


from collections import defaultdict


def count_by_type(model):
    counts = defaultdict(int)

    def f(m):
        counts[m._get_name()] += 1

    model.apply(f)
    return counts
