import torch
from torch import nn


class LazyScale(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_parameter("scale", None)

    def forward(self, x):
        if self.scale is None:
            self.scale = nn.Parameter(torch.ones(x.shape[-1], dtype=x.dtype, device=x.device))
        if x.shape[-1] != self.scale.shape[0]:
            raise ValueError(f"expected {self.scale.shape[0]} features, got {x.shape[-1]}")
        return x * self.scale
