import torch
from torch import nn


class RunningMean(nn.Module):
    def __init__(self, features, momentum=0.1):
        super().__init__()
        self.momentum = momentum
        self.register_buffer("mean", torch.zeros(features))
        self.register_buffer("steps", torch.tensor(0))

    @torch.no_grad()
    def update(self, x):
        if self.steps == 0:
            self.mean.copy_(x.mean(0))
        else:
            self.mean.lerp_(x.mean(0), self.momentum)
        self.steps += 1

    def forward(self, x):
        if self.training:
            self.update(x)
        return x - self.mean
