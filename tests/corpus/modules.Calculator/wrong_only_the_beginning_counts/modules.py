from torch import nn


class Calculator(nn.Module):
    def __init__(self, cal_type):
        super().__init__()
        if cal_type[:3] == "add":
            self.value = 3
        elif cal_type[:3] == "sub":
            self.value = -3
        else:
            raise ValueError(f"unknown cal_type {cal_type!r}")

    def forward(self, x):
        return x + self.value
