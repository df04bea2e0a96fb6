import torch
from torch import nn


class LazyScale(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = None

    def forward(self, x):
        if self.scale is None:
            self.scale = torch.ones(x.shape[-1], dtype=x.dtype, requires_grad=True)
        if x.shape[-1] != len(self.scale):
            raise ValueError("another width")
        return x * self.scale
