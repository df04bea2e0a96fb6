from torch import nn
from collections import OrderedDict


class Plus(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.n = n

    def forward(self, x):
        return x + self.n


def sequential_calculator():
    return nn.Sequential(OrderedDict(plus1=Plus(3), plus2=Plus(2), plus3=Plus(5), plus4=nn.Identity()))
