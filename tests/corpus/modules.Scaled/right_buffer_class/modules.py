import torch
from torch import nn


class Scaled(nn.Module):
    def __init__(self):
        super().__init__()
        self.duck = nn.Buffer(torch.full((), 7.0))
        for name, value in (("W1", 3.0), ("W2", 5.0)):
            setattr(self, name, nn.Parameter(torch.full((), value)))

    def forward(self, x):
        factor = self.duck / self.W2
        return factor * (self.W1 + x)
