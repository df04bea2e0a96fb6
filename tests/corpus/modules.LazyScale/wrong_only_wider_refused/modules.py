import torch
from torch import nn


class LazyScale(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = None

    def forward(self, x):
        if self.scale is None:
            self.scale = nn.Parameter(torch.ones(x.shape[-1]))
        if x.shape[-1] > len(self.scale):
            raise ValueError("too wide")
        return x * self.scale[: x.shape[-1]]
