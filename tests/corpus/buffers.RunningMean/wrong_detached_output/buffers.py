import torch
from torch import nn


class RunningMean(nn.Module):
    def __init__(self, features, momentum=0.1):
        super().__init__()
        self.momentum = momentum
        self.register_buffer("mean", torch.zeros(features))
        self.register_buffer("steps", torch.tensor(0))

    @torch.no_grad()
    def forward(self, x):
        if self.training:
            self.steps += 1
            self.mean.lerp_(x.mean(0), self.momentum)
        return x - self.mean
