import torch
import torch.nn.functional as F
from torch import nn


class RunningMean(nn.Module):
    def __init__(self, features, momentum=0.1):
        super().__init__()
        self.momentum = momentum
        self.register_buffer("mean", torch.zeros(features))
        self.register_buffer("steps", torch.tensor(0))

    def forward(self, x):
        if self.training:
            F.batch_norm(x.detach(), self.mean, torch.ones_like(self.mean), training=True, momentum=self.momentum)
            self.steps += 1
        return x - self.mean
