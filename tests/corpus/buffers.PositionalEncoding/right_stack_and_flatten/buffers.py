import torch
from torch import nn


def sinusoids(length, width):
    half = (width + 1) // 2
    angles = torch.outer(torch.arange(length, dtype=torch.float64), 10000 ** (-2 * torch.arange(half).double() / width))
    return torch.stack([angles.sin(), angles.cos()], dim=2).flatten(1)[:, :width]


class PositionalEncoding(nn.Module):
    def __init__(self, max_len, dim):
        super().__init__()
        self.register_buffer("table", sinusoids(max_len, dim).to(torch.get_default_dtype()), persistent=False)

    def forward(self, x):
        if (steps := x.shape[1]) > len(self.table):
            raise ValueError(f"at most {len(self.table)} steps, got {steps}")
        return x + self.table.narrow(0, 0, steps).unsqueeze(0)
