import torch
from torch import nn


class TooLong(ValueError):
    pass


class PositionalEncoding(nn.Module):
    def __init__(self, max_len, dim):
        super().__init__()
        column = torch.arange(dim)
        pair = torch.div(column, 2, rounding_mode="floor")
        angle = torch.outer(torch.arange(max_len, dtype=torch.float64), 10000 ** (-2.0 * pair.double() / dim))
        table = torch.where(column % 2 == 0, angle.sin(), angle.cos()).float()
        self.register_buffer("table", table[None], persistent=False)

    def forward(self, x):
        if x.shape[-2] > self.table.shape[1]:
            raise TooLong(f"too many steps: {x.shape[-2]}")
        return self.table[:, : x.shape[-2], :].to(x.dtype) + x
