from functools import reduce

import torch
from torch import nn


class Add(nn.Module):
    def __init__(self, value):
        super().__init__()
        self.value = value

    def forward(self, x):
        return torch.add(x, self.value)


class ListCalculator(nn.Module):
    def __init__(self):
        super().__init__()
        self.add_list = nn.ModuleList(map(Add, [2, 3, 5]))

    def forward(self, x):
        return reduce(lambda value, i: self.add_list[i](value), [1, 0, 2], x)
