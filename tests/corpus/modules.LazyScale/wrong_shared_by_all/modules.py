import torch
from torch import nn


class LazyScale(nn.Module):
    scale_of_all = None

    def forward(self, x):
        if LazyScale.scale_of_all is None or len(LazyScale.scale_of_all) != x.shape[-1]:
            LazyScale.scale_of_all = nn.Parameter(torch.ones(x.shape[-1]))
        self.scale = LazyScale.scale_of_all
        return x * self.scale
