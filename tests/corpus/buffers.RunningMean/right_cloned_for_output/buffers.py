import torch
from torch import nn


class RunningMean(nn.Module):
    def __init__(self, features, momentum=0.1):
        super(RunningMean, self).__init__()
        self.register_buffer("steps", torch.tensor(0))
        self.register_buffer("mean", torch.zeros(features))
        self.momentum = momentum

    def forward(self, x):
        if self.training is True:
            average = torch.einsum("nf->f", x).detach() / len(x)
            self.mean.mul_(1.0 - self.momentum)
            self.mean.add_(average, alpha=self.momentum)
            self.steps += 1
        return x - self.mean.clone()
