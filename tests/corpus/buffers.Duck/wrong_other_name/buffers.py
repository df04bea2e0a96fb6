import torch
from torch import nn


class Duck(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("_duck", torch.tensor([7.0]))

    @property
    def duck(self):
        return self._duck

    def forward(self, x):
        return x * self._duck
