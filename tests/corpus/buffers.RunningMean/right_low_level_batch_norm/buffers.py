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
            scrap = torch.ones_like(self.mean)
            torch.batch_norm(x.detach(), None, None, self.mean, scrap, True, self.momentum, 1e-5, False)
            self.steps.add_(1)
        return x - self.mean
