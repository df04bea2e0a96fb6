from itertools import pairwise

import torch.nn.functional as F
from torch import nn


class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList()
        for n_in, n_out in pairwise(sizes):
            self.layers.append(nn.Linear(n_in, n_out))
        self.shapes: list[tuple[int, ...]] = []

    def forward(self, x):
        shapes = []
        for layer in self.layers:
            x = layer(F.relu(x) if shapes else x)
            shapes.append(tuple(x.shape))
        self.shapes = shapes
        return x
