import torch
from torch import nn


class Add(nn.Module):
    def __init__(self, value):
        super().__init__()
        self.value = torch.tensor([value])

    def forward(self, x):
        return x + self.value
