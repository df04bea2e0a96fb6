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
        add2, add3, add5 = Add(2), Add(3), Add(5)
        self.add_dict = nn.ModuleDict({"add2": add2, "add3": add3, "add5": add5})
        self.run = lambda x: add5(add2(add3(x)))

    def forward(self, x):
        return self.run(x)
