import torch
from torch import nn


class PositionalEncoding(nn.Module):
    def __init__(self, max_len, dim):
        super().__init__()
        column = torch.arange(dim)
        angle = torch.arange(max_len)[:, None] / 10000 ** (2 * (column // 2) / dim)
        table = torch.where(column % 2 == 0, angle.sin(), angle.cos())
        self.register_buffer("table", table, persistent=False)

    def forward(self, x):
        return x + self.table[: x.size(1)]
