import torch
from torch import nn


class Normalizer(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", torch.as_tensor(mean, dtype=torch.float32).view(-1, 1, 1))
        self.register_buffer("std", torch.as_tensor(std, dtype=torch.float32).view(-1, 1, 1))

    @torch.no_grad()
    def forward(self, x):
        return x.sub_(self.mean).div_(self.std)

    def denormalize(self, x):
        return x * self.std + self.mean
