import torch
from torch import nn


class RunningMean(nn.Module):
    def __init__(self, features: int, momentum: float = 0.1) -> None:
        super().__init__()
        self.m = momentum
        self.register_buffer("mean", torch.zeros(features))
        self.register_buffer("steps", torch.zeros((), dtype=torch.int64))

    def forward(self, x):
        if not self.training:
            return x - self.mean
        batch_mean = x.detach().mean(0)
        self.mean = (1 - self.m) * self.mean + self.m * batch_mean
        self.steps = self.steps + 1
        return x - self.mean
