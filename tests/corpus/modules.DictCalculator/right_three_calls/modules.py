from torch import nn


class Add(nn.Module):
    def __init__(self, value):
        super().__init__()
        self.value = value

    def forward(self, x):
        return x + self.value


class DictCalculator(nn.Module):
    def __init__(self):
        super().__init__()
        self.add_dict = nn.ModuleDict({"add2": Add(2), "add3": Add(3), "add5": Add(5)})

    def forward(self, x):
        x = self.add_dict["add3"](x)
        x = self.add_dict["add2"](x)
        return self.add_dict["add5"](x)
