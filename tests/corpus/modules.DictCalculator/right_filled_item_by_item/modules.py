from functools import reduce

from torch import nn


class Add(nn.Module):
    def __init__(self, value):
        super().__init__()
        self.register_buffer("value", None)
        self.amount = value

    def forward(self, x):
        return x.add(self.amount)


class DictCalculator(nn.Module):
    STEPS = "add3 add2 add5".split()

    def __init__(self):
        super().__init__()
        self.add_dict = nn.ModuleDict()
        self.add_dict["add2"] = Add(2)
        self.add_dict["add3"] = Add(3)
        self.add_dict["add5"] = Add(5)

    def forward(self, x):
        return reduce(lambda value, key: self.add_dict[key](value), self.STEPS, x)
