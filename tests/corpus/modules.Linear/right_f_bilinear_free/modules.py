import torch
from torch import nn


class Linear(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.in_features, self.out_features = in_features, out_features
        self.W = nn.Parameter(torch.empty(out_features, in_features))
        self.b = nn.Parameter(torch.empty(out_features))
        self.reset_parameters()

    def reset_parameters(self):
        nn.init.ones_(self.W)
        nn.init.constant_(self.b, 1.0)

    def forward(self, x):
        return torch.tensordot(x, self.W, dims=([-1], [1])) + self.b

    def extra_repr(self):
        return f"{self.in_features}, {self.out_features}"
