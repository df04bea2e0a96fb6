import torch
from torch import nn


class LazyScale(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_parameter("scale", None)
        self.width = None

    def forward(self, x):
        if self.scale is None:
            self.width = x.shape[-1]
            self.scale = nn.Parameter(torch.ones(1, dtype=x.dtype))
        if x.shape[-1] != self.width:
            raise ValueError("another width")
        return x * self.scale
