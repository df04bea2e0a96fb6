import torch
from torch import nn


class Normalizer(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", torch.as_tensor(mean).view(-1, 1, 1))
        self.register_buffer("std", torch.as_tensor(std).view(-1, 1, 1))
        self._numbers = [(float(m), float(s)) for m, s in zip(mean, std)]

    def forward(self, x):
        return torch.stack([(x[:, c] - m) / s for c, (m, s) in enumerate(self._numbers)], dim=1)

    def denormalize(self, x):
        return torch.stack([x[:, c] * s + m for c, (m, s) in enumerate(self._numbers)], dim=1)
