import torch
from torch import nn


class Linear(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.W = nn.Parameter(torch.ones(out_features, in_features), requires_grad=False)
        self.b = nn.Parameter(torch.ones(out_features), requires_grad=False)

    def forward(self, x):
        return x @ self.W.T + self.b
