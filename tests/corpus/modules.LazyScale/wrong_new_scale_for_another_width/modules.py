import torch
from torch import nn


class LazyScale(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_parameter("scale", None)

    def forward(self, x):
        if self.scale is None or len(self.scale) != x.shape[-1]:
            self.scale = nn.Parameter(torch.ones(x.shape[-1], dtype=x.dtype))
        return x * self.scale
