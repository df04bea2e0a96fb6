import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = [nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])]
        self.shapes = []

    def forward(self, x):
        self.shapes = []
        for i, layer in enumerate(self.layers):
            x = layer(x)
            self.shapes.append(x.shape)
            if i < len(self.layers) - 1:
                x = torch.relu(x)
        return x
