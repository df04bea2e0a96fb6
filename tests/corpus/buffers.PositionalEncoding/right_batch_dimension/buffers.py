import torch
from torch import nn
import math


class PositionalEncoding(nn.Module):
    def __init__(self, max_len: int, dim: int):
        super().__init__()
        self.max_len = max_len
        pe = torch.zeros(1, max_len, dim)
        t = torch.arange(0, max_len, dtype=torch.float).unsqueeze(1)
        div_term = torch.exp(torch.arange(0, dim, 2).float() * (-math.log(10000.0) / dim))
        pe[0, :, 0::2] = torch.sin(t * div_term)
        pe[0, :, 1::2] = torch.cos(t * div_term)[:, : dim // 2]
        self.register_buffer("table", pe, persistent=False)

    def forward(self, x):
        steps = x.shape[1]
        if steps > self.max_len:
            raise ValueError("the sequence has %d steps, at most %d fit" % (steps, self.max_len))
        return x + self.table[:, :steps]
