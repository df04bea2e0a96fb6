import torch
from torch import nn


class Linear(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        inner = nn.Linear(in_features, out_features)
        nn.init.ones_(inner.weight)
        nn.init.ones_(inner.bias)
        self.W, self.b = inner.weight, inner.bias

    def forward(self, x):
        return torch.matmul(x, self.W.T) + self.b
