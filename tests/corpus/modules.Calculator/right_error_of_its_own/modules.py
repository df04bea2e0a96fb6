import operator

from torch import nn


class UnknownCalculation(ValueError):
    def __init__(self, word):
        super().__init__(f"there is no calculation named {word}")


class Calculator(nn.Module):
    table = {"add": operator.add, "sub": operator.sub}

    def __init__(self, cal_type):
        super().__init__()
        self.cal_type = cal_type

    def forward(self, x):
        operation = self.table.get(self.cal_type)
        if operation is None:
            raise UnknownCalculation(self.cal_type)
        return operation(x, 3)
