from torch import nn


class UnknownWord(ValueError):
    pass


class Calculator(nn.Module):
    def __init__(self, cal_type):
        super().__init__()
        self.cal_type = cal_type

    def forward(self, x):
        match self.cal_type:
            case "add":
                return x + 3
            case "sub":
                return x - 3
            case other:
                raise UnknownWord(other)
