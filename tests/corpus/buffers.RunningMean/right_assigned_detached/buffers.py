import torch
from torch import nn


class RunningMean(nn.Module):
    def __init__(self, features, momentum=0.1):
        super().__init__()
        self.m = momentum
        self.register_buffer("mean", torch.zeros(features))
        self.register_buffer("steps", torch.tensor(0))

    def forward(self, x):
        if self.training:
            batch_mean = x.detach().sum(dim=0) / x.shape[0]
            self.mean = (1 - self.m) * self.mean + self.m * batch_mean
            self.steps = self.steps + 1
        return x - self.mean
