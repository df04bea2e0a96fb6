import torch
from torch import nn


def blend(old, new, share):
    return old + share * (new - old)


class RunningMean(nn.Module):
    def __init__(self, features, momentum=0.1):
        super().__init__()
        self.register_buffer("steps", torch.zeros(1, dtype=torch.long).squeeze())
        self.register_buffer("mean", torch.zeros(features))
        self.blend = lambda old, new: blend(old, new, momentum)

    def train(self, mode=True):
        return super().train(mode)

    def forward(self, x):
        if self.training:
            new = self.blend(self.mean, torch.einsum("nf->f", x.detach()) / len(x))
            self.mean.data.copy_(new)
            self.steps.data.copy_(self.steps + 1)
        return x + -self.mean
