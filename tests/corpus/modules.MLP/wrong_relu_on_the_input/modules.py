import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])])
        self.shapes = []

    def forward(self, x):
        self.shapes = []
        for layer in self.layers:
            x = layer(torch.relu(x))
            self.shapes.append(x.shape)
        return x
