from torch import nn


class Add(nn.Module):
    value = 0

    def __init__(self, value):
        super().__init__()
        Add.value = value

    def forward(self, x):
        return x + Add.value
