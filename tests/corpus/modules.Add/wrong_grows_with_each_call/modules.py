from torch import nn


class Add(nn.Module):
    def __init__(self, value):
        super().__init__()
        self.value = value
        self.total = 0

    def forward(self, x):
        self.total += self.value
        return x + self.total
