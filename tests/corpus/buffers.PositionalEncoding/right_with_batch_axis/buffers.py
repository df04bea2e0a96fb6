import torch
import torch.nn as nn


class PositionalEncoding(nn.Module):
    def __init__(self, max_len: int, dim: int):
        super().__init__()
        column = torch.arange(dim)
        rate = torch.pow(10000.0, -(2 * torch.div(column, 2, rounding_mode="floor")).double() / dim)
        angle = torch.arange(max_len)[:, None].double() * rate[None, :]
        table = torch.where(column % 2 == 0, angle.sin(), angle.cos())
        self.table = nn.Buffer(table.float()[None], persistent=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        _, steps, _ = x.shape
        if steps > self.table.shape[1]:
            raise ValueError("sequence too long")
        return torch.add(x, self.table[:, :steps, :])
