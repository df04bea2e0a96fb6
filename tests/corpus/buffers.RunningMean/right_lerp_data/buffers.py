import torch
from torch import nn


class RunningMean(nn.Module):
    def __init__(self, features: int, momentum: float = 0.1):
        super().__init__()
        self.features, self.momentum = features, momentum
        self.register_buffer("mean", torch.zeros(features))
        self.register_buffer("steps", torch.tensor(0, dtype=torch.long))

    def forward(self, x):
        if not self.training:
            return x.sub(self.mean)
        self.mean.lerp_(torch.mean(x.data, dim=0), self.momentum)
        self.steps.add_(1)
        return x.sub(self.mean)

    def extra_repr(self):
        return f"{self.features}, momentum={self.momentum}"
