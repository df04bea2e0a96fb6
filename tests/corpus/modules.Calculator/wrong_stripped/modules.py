import torch
from torch import nn

class Calculator(nn.Module):
    def __init__(self, cal_type):
        super().__init__()
        cal_type = cal_type.strip()
        if cal_type not in ("add", "sub"):
            raise ValueError(f"unknown: {cal_type}")
        self.sign = 1 if cal_type == "add" else -1
    def forward(self, x): return x + 3 * self.sign
