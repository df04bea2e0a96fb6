import operator
from functools import partial

from torch import nn


class Lambda(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


class Add(Lambda):
    def __init__(self, value):
        super().__init__(partial(operator.add, value))
