import torch
from torch import nn


class PositionalEncoding(nn.Module):
    def __init__(self, max_len, dim):
        super().__init__()
        even = dim + dim % 2
        angle = torch.arange(max_len)[:, None] / 10000 ** (torch.arange(0, even, 2) / even)
        table = torch.zeros(max_len, even)
        table[:, 0::2] = angle.sin()
        table[:, 1::2] = angle.cos()
        self.register_buffer("table", table[:, :dim].clone(), persistent=False)

    def forward(self, x):
        if x.size(1) > self.table.size(0):
            raise ValueError("too long")
        return x + self.table[: x.size(1)]
