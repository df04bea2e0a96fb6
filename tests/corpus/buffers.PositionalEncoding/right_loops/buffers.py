import torch
from torch import nn
import math


class PositionalEncoding(nn.Module):
    def __init__(self, max_len, dim):
        super().__init__()
        rows = []
        for t in range(max_len):
            row = []
            for column in range(dim):
                angle = t / 10000 ** ((column - column % 2) / dim)
                row.append(math.cos(angle) if column % 2 else math.sin(angle))
            rows.append(row)
        self.table = nn.Buffer(torch.tensor(rows), persistent=False)

    def forward(self, x):
        _, steps, _ = x.shape
        longest = len(self.table)
        if longest < steps:
            raise ValueError(f"{steps} steps do not fit into {longest}")
        return x + self.table.narrow(0, 0, steps).unsqueeze(0)
