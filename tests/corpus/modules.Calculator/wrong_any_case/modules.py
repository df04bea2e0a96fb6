from torch import nn


class Calculator(nn.Module):
    def __init__(self, cal_type):
        super().__init__()
        self.cal_type = cal_type.lower()
        if self.cal_type not in ("add", "sub"):
            raise ValueError(f"unknown cal_type {cal_type!r}")

    def forward(self, x):
        return x + 3 if self.cal_type == "add" else x - 3
