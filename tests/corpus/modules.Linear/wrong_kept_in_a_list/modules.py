import torch
from torch import nn


class Linear(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.params = [nn.Parameter(torch.ones(out_features, in_features)), nn.Parameter(torch.ones(out_features))]

    @property
    def W(self):
        return self.params[0]

    @property
    def b(self):
        return self.params[1]

    def forward(self, x):
        return x @ self.W.T + self.b
