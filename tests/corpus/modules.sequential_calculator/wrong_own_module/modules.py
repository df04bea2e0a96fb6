from torch import nn


class Add(nn.Module):
    def __init__(self, value):
        super().__init__()
        self.value = value

    def forward(self, x):
        return x + self.value


class Calculator(nn.Module):
    def __init__(self):
        super().__init__()
        self.plus1, self.plus2, self.plus3 = Add(3), Add(2), Add(5)

    def forward(self, x):
        return self.plus3(self.plus2(self.plus1(x)))


def sequential_calculator():
    return Calculator()
