import torch


class Calculator(torch.nn.Module):
    def __init__(self, cal_type):
        super().__init__()
        self.kind = cal_type

    def forward(self, x):
        match self.kind:
            case "add":
                return torch.add(x, 3)
            case "sub":
                return torch.sub(x, 3)
            case other:
                raise ValueError("Calculator cannot " + str(other))
