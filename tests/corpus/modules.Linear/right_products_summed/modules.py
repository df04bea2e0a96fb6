import torch
from torch.nn import Module, Parameter


class Linear(Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.W = Parameter(torch.full((out_features, in_features), 1.0))
        self.b = Parameter(torch.full((out_features,), 1.0))

    def forward(self, x):
        return (x.unsqueeze(-2) * self.W).sum(dim=-1) + self.b
