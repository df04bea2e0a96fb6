import torch
from torch import nn
from torch.nn import init


def forward(self, x):
    return torch.add(torch.matmul(x, torch.transpose(self.W, -2, -1)), self.b)


def attach(module):
    if type(module).__name__[: len("Function")] == "Function":
        size = int(module.features)
        module.W, module.b = nn.Parameter(torch.empty(size, size)), nn.Parameter(torch.empty(size))
        init.ones_(module.W)
        init.ones_(module.b)
        module.forward = forward.__get__(module)


def linear_transformation(model):
    nn.Module.apply(model, attach)
    return model
