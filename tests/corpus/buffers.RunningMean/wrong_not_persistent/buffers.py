import torch
from torch import nn


class RunningMean(nn.Module):
    def __init__(self, features, momentum=0.1):
        super().__init__()
        self.momentum = momentum
        self.register_buffer("mean", torch.zeros(features), persistent=False)
        self.register_buffer("steps", torch.tensor(0))

    def forward(self, x):
        if self.training:
            with torch.no_grad():
                self.mean = self.mean + self.momentum * (x.mean(0) - self.mean)
                self.steps += 1
        return x - self.mean
