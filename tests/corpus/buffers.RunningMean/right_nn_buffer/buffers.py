import torch
from torch import nn


class RunningMean(nn.Module):
    def __init__(self, features, momentum=0.1):
        super().__init__()
        self.mean = nn.Buffer(torch.zeros((features,)))
        self.steps = nn.Buffer(torch.tensor(0))
        self._momentum = momentum

    def forward(self, x):
        with torch.no_grad():
            if self.training:
                new = torch.stack([self.mean * (1 - self._momentum), x.mean(dim=0) * self._momentum]).sum(0)
                self.mean.copy_(new)
                self.steps.copy_(self.steps + 1)
        return x - self.mean.unsqueeze(0)
