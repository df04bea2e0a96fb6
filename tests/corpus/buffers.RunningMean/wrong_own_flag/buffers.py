import torch
from torch import nn


class RunningMean(nn.Module):
    def __init__(self, features, momentum=0.1):
        super().__init__()
        self.momentum = momentum
        self.learning = True
        self.register_buffer("mean", torch.zeros(features))
        self.register_buffer("steps", torch.tensor(0))

    def eval(self):
        self.learning = False
        return super().eval()

    def forward(self, x):
        if self.learning:
            self.steps += 1
            self.mean.lerp_(x.detach().mean(0), self.momentum)
        return x - self.mean
