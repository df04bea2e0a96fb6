import torch
from torch import nn


class Add(nn.Module):
    def __init__(self, value):
        super().__init__()
        self.register_buffer("value", torch.as_tensor(value), persistent=False)

    def forward(self, x):
        return x + self.value
