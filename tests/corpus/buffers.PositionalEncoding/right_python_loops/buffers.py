import math

import torch


class PositionalEncoding(torch.nn.Module):
    def __init__(self, max_len, dim):
        super().__init__()
        rows = []
        for position in range(max_len):
            row = []
            for j in range(dim):
                angle = position / 10000 ** (2 * (j // 2) / dim)
                row.append(math.cos(angle) if j % 2 else math.sin(angle))
            rows.append(row)
        table = torch.tensor(rows, dtype=torch.float32).reshape(max_len, dim)
        self.register_buffer("table", table, persistent=False)

    def check(self, steps):
        if steps > self.table.size(0):
            raise ValueError("longer than max_len")

    def forward(self, x):
        self.check(x.size(1))
        return self.table[None, : x.size(1)] + x
