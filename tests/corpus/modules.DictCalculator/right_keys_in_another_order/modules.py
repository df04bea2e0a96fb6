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
        self.add_dict = nn.ModuleDict()
        for n in (3, 2, 5):
            self.add_dict[f"add{n}"] = Add(n)

    def forward(self, x):
        for module in self.add_dict.values():
            x = module(x)
        return x
