import torch
from torch import nn


class Duck(nn.Module):
    def __init__(self):
        super().__init__()
        self.duck = nn.Parameter(torch.tensor([7.0]), requires_grad=False)

    def forward(self, x):
        return x * self.duck
