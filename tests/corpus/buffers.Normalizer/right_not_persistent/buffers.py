import torch
from torch import nn


def _column(values):
    return torch.stack([torch.as_tensor(float(v)) for v in values]).unsqueeze(-1).unsqueeze(-1)


class Normalizer(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", _column(mean), persistent=False)
        self.register_buffer("std", _column(std), persistent=False)

    def forward(self, x):
        return torch.div(torch.sub(x, self.mean), self.std)

    def denormalize(self, x):
        return torch.addcmul(self.mean.to(x), x, self.std.to(x))
