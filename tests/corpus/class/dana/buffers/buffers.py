import torch
import torch.nn as nn


class Duck(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.duck = nn.Buffer(torch.full((1,), 7.0))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.mul(x, self.duck)


import torch
from torch import nn


class RunningMean(nn.Module):
    def __init__(self, features, momentum=0.1):
        super().__init__()
        self.momentum = momentum
        self.mean = torch.zeros(features)
        self.steps = torch.tensor(0)

    def forward(self, x):
        if self.training:
            with torch.no_grad():
                self.mean = (1 - self.momentum) * self.mean + self.momentum * x.mean(dim=0)
                self.steps += 1
        return x - self.mean


import torch
from torch import nn
import math


class PositionalEncoding(nn.Module):
    def __init__(self, max_len: int, dim: int):
        super().__init__()
        self.max_len = max_len
        pe = torch.zeros(1, max_len, dim)
        t = torch.arange(0, max_len, dtype=torch.float).unsqueeze(1)
        div_term = torch.exp(torch.arange(0, dim, 2).float() * (-math.log(10000.0) / dim))
        pe[0, :, 0::2] = torch.sin(t * div_term)
        pe[0, :, 1::2] = torch.cos(t * div_term)[:, : dim // 2]
        self.register_buffer("table", pe, persistent=False)

    def forward(self, x):
        steps = x.shape[1]
        if steps > self.max_len:
            raise ValueError("the sequence has %d steps, at most %d fit" % (steps, self.max_len))
        return x + self.table[:, :steps]


import torch
from torch import nn


class Normalizer(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", torch.as_tensor(mean, dtype=torch.float32).view(1, 3, 1, 1))
        self.register_buffer("std", torch.as_tensor(std, dtype=torch.float32).view(1, 3, 1, 1))

    def forward(self, x):
        return (x - self.mean) / self.std

    def denormalize(self, x):
        return x * self.std + self.mean


import torch


def classify_tensors(module):
    kinds = {name: "parameter" for name in module._parameters}
    for name in module._buffers:
        kinds[name] = "non_persistent_buffer" if name in module._non_persistent_buffers_set else "buffer"
    kinds.update({name: "tensor" for name, value in vars(module).items() if isinstance(value, torch.Tensor)})
    return kinds
