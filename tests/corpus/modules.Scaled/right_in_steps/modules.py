import torch
from torch import nn


class Scaled(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("duck", torch.full((1,), 7.0), persistent=False)
        for name, start in {"W2": 5.0, "W1": 3.0}.items():
            self.register_parameter(name, nn.Parameter(torch.full((1,), start)))

    def forward(self, x):
        y = torch.add(x, self.W1)
        y = torch.mul(y, self.duck)
        return torch.true_divide(y, self.W2)
