import torch
from torch import nn

class Calculator(nn.Module):
    def __init__(self, cal_type):
        super().__init__()
        signs = {"add": +3, "sub": -3}
        if not isinstance(cal_type, str) or cal_type not in signs.keys():
            raise ValueError("cal_type must be add or sub, got", cal_type)
        Calculator.delta = signs[cal_type]
    def forward(self, x): return self.delta + x
