import torch
from torch import nn


class PositionalEncoding(nn.Module):
    def __init__(self, max_len, dim):
        super().__init__()
        even = dim + dim % 2
        position = torch.arange(max_len).float().unsqueeze(1)
        frequency = 10000.0 ** (-torch.arange(0, even, 2).float() / even)
        table = torch.empty(max_len, even)
        table[:, 0::2] = torch.sin(position * frequency)
        table[:, 1::2] = torch.cos(position * frequency)
        self.register_buffer("table", table[:, :dim], persistent=False)

    def forward(self, x):
        if x.size(1) > self.table.size(0):
            raise ValueError("too long")
        return x + self.table[: x.size(1)]
