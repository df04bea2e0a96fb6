import torch
from torch.nn import Linear


@torch.no_grad()
def _set(module, weight, bias):
    if not isinstance(module, Linear):
        return
    module.weight.copy_(torch.full_like(module.weight, weight))
    if module.bias is not None:
        module.bias.copy_(torch.full_like(module.bias, bias))


def init_constant(model, weight, bias):
    return model.apply(lambda m: _set(m, weight, bias))


import torch
from torch import nn
from torch.nn import init


def _zero(bias):
    if bias is not None:
        init.zeros_(bias)


def _conv(m):
    init.kaiming_uniform_(m.weight, a=0, mode="fan_in", nonlinearity="relu")
    _zero(m.bias)


def _linear(m):
    init.xavier_uniform_(m.weight, gain=1.0)
    _zero(m.bias)


def _norm(m):
    if m.weight is not None:
        init.constant_(m.weight, 1.0)
    _zero(m.bias)


RULES = {
    nn.Conv2d: _conv,
    nn.Linear: _linear,
    nn.BatchNorm1d: _norm,
    nn.BatchNorm2d: _norm,
    nn.BatchNorm3d: _norm,
}


def init_by_type(model, seed):
    def by_rule(module):
        for kind, rule in RULES.items():
            if isinstance(module, kind):
                rule(module)

    state = torch.get_rng_state()
    try:
        torch.default_generator.manual_seed(seed)
        model.apply(by_rule)
    finally:
        torch.set_rng_state(state)
    return model


def apply_order(model):
    names, stack = [], [model]
    while stack:
        module = stack.pop()
        names.append(type(module).__name__)
        stack.extend(module.children())
    return names[::-1]


import re

import torch
from torch import nn


def inject_weights(model, value):
    def visit(m):
        if re.match("F", type(m).__name__):
            m.__dict__.pop("W", None)
            m._parameters["W"] = nn.Parameter(torch.tensor(value, dtype=torch.float64))

    model.apply(visit)


class Label:
    def __init__(self, label):
        self.text = "name=" + str(label)

    def __call__(self):
        return self.text


class Labeller:
    def __init__(self, names):
        self.labels = {kind: Label(label) for kind, label in names.items()}

    def __call__(self, module):
        label = self.labels.get(type(module).__name__)
        if label is not None:
            object.__setattr__(module, "extra_repr", label)


def add_repr(model, names):
    return model.apply(Labeller(names))


import types

import torch
from torch import nn


def _forward(self, x):
    return x @ self.W.T + self.b


def linear_transformation(model):
    def transform(module):
        if type(module).__name__.startswith("Function"):
            n = module.features
            module.W = nn.Parameter(torch.ones(n, n))
            module.b = nn.Parameter(torch.ones(n))
            module.forward = types.MethodType(_forward, module)

    return model.apply(transform)


import torch


def _reset(module):
    reset = getattr(module, "reset_parameters", None)
    if callable(reset):
        reset()


def reset_all(model, seed):
    torch.random.manual_seed(seed)
    return model.apply(_reset)


def count_by_type(model):
    seen = []
    model.apply(seen.append)
    names = [type(m).__qualname__ for m in seen]
    return {n: names.count(n) for n in sorted(set(names), key=names.count)}
