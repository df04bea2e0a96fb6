from torch import nn


class Calculator(nn.Module):
    def __init__(self, cal_type):
        super().__init__()
        self.value = {"add": 3, "sub": -3}[cal_type]

    def forward(self, x):
        return x + self.value
