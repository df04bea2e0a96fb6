import torch
from torch import nn


class PositionalEncoding(nn.Module):
    def __init__(self, max_len, dim):
        super().__init__()
        position = torch.arange(max_len).unsqueeze(1)
        table = torch.zeros(max_len, dim)
        for i in range(dim // 2):
            angle = position[:, 0] / 10000 ** (2 * i / dim)
            table[:, 2 * i] = torch.sin(angle)
            table[:, 2 * i + 1] = torch.cos(angle)
        self.register_buffer("table", table, persistent=False)

    def forward(self, x):
        if x.size(1) > self.table.size(0):
            raise ValueError("too long")
        return x + self.table[: x.size(1)]
