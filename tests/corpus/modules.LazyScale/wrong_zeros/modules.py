import torch
from torch import nn


class LazyScale(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = None

    def forward(self, x):
        if self.scale is None:
            self.scale = nn.Parameter(torch.zeros(x.shape[-1]))
        if len(self.scale) != x.shape[-1]:
            raise ValueError("another width")
        return x * self.scale
