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
        self.add_dict = nn.ModuleList([Add(2), Add(3), Add(5)])

    def forward(self, x):
        return self.add_dict[2](self.add_dict[0](self.add_dict[1](x)))
