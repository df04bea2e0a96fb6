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
            batch_mean = x.mean(dim=0)
            with torch.no_grad():
                self.mean.lerp_(batch_mean, self.momentum)
                self.steps += 1
            return x - batch_mean
        return x - self.mean
