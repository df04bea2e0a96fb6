from torch import nn


class Calculator(nn.Module):
    def __init__(self, cal_type):
        super().__init__()
        self.cal_type = cal_type

    def forward(self, x):
        if self.cal_type == "add":
            return x + 3
        if self.cal_type == "sub":
            return x - 3
