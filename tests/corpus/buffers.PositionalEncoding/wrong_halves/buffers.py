import torch
from torch import nn


class PositionalEncoding(nn.Module):
    def __init__(self, max_len, dim):
        super().__init__()
        angle = torch.arange(max_len)[:, None] / 10000 ** (torch.arange(0, dim, 2) / dim)
        table = torch.cat([angle.sin(), angle.cos()], dim=1)[:, :dim]
        self.register_buffer("table", table, persistent=False)

    def forward(self, x):
        if x.size(1) > self.table.size(0):
            raise ValueError("too long")
        return x + self.table[: x.size(1)]
