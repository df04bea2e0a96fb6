import torch
from torch import nn


class Adder(nn.Module):
    def __init__(self, amount):
        super().__init__()
        self.register_buffer("amount", torch.tensor(amount))

    def forward(self, x):
        return x + self.amount


class ListCalculator(nn.Module):
    def __init__(self):
        super().__init__()
        self.add_list = nn.ModuleList()
        self.add_list.extend(Adder(n) for n in (2, 3, 5))

    def forward(self, x):
        modules = list(self.add_list)
        modules[0], modules[1] = modules[1], modules[0]
        for module in modules:
            x = module(x)
        return x
