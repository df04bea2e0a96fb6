import numpy as np
import torch
from torch import nn


class TooLong(ValueError):
    pass


class PositionalEncoding(nn.Module):
    def __init__(self, max_len, dim):
        super().__init__()
        angle = np.arange(max_len)[:, np.newaxis] / np.power(10000, 2 * (np.arange(dim) // 2) / dim)
        table = np.zeros((max_len, dim), dtype=np.float32)
        table[:, ::2] = np.sin(angle[:, ::2])
        table[:, 1::2] = np.cos(angle[:, 1::2])
        self.register_buffer("table", torch.from_numpy(table), persistent=False)

    def forward(self, x):
        if x.shape[1] > self.table.shape[0]:
            raise TooLong(x.shape[1])
        return x + self.table[: x.shape[1]]
