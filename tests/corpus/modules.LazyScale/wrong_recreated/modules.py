import torch
from torch import nn


class LazyScale(nn.Module):
    def __init__(self):
        super().__init__()
        self.width = None

    def forward(self, x):
        if self.width is not None and x.shape[-1] != self.width:
            raise ValueError("another width")
        self.width = x.shape[-1]
        self.scale = nn.Parameter(torch.ones(x.shape[-1], dtype=x.dtype))
        return x * self.scale
