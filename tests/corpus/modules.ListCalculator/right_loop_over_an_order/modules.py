from torch import nn


class Add(nn.Module):
    def __init__(self, value):
        super().__init__()
        self.value = value

    def forward(self, x):
        return self.value + x


class ListCalculator(nn.Module):
    order = (1, 0, 2)

    def __init__(self):
        super().__init__()
        self.add_list = nn.ModuleList()
        for value in (2, 3, 5):
            self.add_list.append(Add(value))

    def forward(self, x):
        for i in self.order:
            x = self.add_list[i](x)
        return x
