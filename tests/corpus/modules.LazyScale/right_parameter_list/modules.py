import torch
from torch import nn


class LazyScale(nn.Module):
    def __init__(self):
        super().__init__()
        self.scales = nn.ParameterList()

    def forward(self, x):
        if len(self.scales) == 0:
            self.scales.append(nn.Parameter(x.new_ones(x.shape[-1])))
        (scale,) = self.scales
        assert scale.shape == x.shape[-1:], (scale.shape, x.shape)
        return x * scale
