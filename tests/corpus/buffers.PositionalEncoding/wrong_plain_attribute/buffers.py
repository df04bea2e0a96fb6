import math

import torch
from torch import nn


class PositionalEncoding(nn.Module):
    def __init__(self, max_len, dim):
        super().__init__()
        position = torch.arange(max_len).unsqueeze(1)
        div_term = torch.exp(torch.arange(0, dim, 2) * (-math.log(10000.0) / dim))
        self.table = torch.zeros(max_len, dim)
        self.table[:, 0::2] = torch.sin(position * div_term)
        self.table[:, 1::2] = torch.cos(position * div_term)[:, : dim // 2]

    def forward(self, x):
        if x.size(1) > self.table.size(0):
            raise ValueError("too long")
        return x + self.table[: x.size(1)].to(x.device)
