import torch
from torch import nn


class RunningMean(nn.Module):
    def __init__(self, features, momentum=0.1):
        super().__init__()
        self.momentum = momentum
        self.register_buffer("mean", torch.zeros(features))
        self.register_buffer("steps", torch.tensor(0))

    def forward(self, x):
        if self.training:
            mean = (1 - self.momentum) * self.mean + self.momentum * x.mean(0)
            self.mean = mean.detach()
            self.steps = self.steps + 1
            return x - mean
        return x - self.mean
