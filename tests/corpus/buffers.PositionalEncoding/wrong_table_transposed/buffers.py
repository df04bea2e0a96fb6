import torch
from torch import nn


class PositionalEncoding(nn.Module):
    def __init__(self, max_len, dim):
        super().__init__()
        position = torch.arange(max_len).float().unsqueeze(1)
        frequency = 10000.0 ** (-torch.arange(0, dim, 2).float() / dim)
        table = torch.empty(max_len, 1, dim)
        table[:, 0, 0::2] = torch.sin(position * frequency)
        table[:, 0, 1::2] = torch.cos(position * frequency[: dim // 2])
        self.register_buffer("table", table, persistent=False)

    def forward(self, x):
        if x.size(1) > self.table.size(0):
            raise ValueError("too long")
        return x + self.table[: x.size(1)].transpose(0, 1)
