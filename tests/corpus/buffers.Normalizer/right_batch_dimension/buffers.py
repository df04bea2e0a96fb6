import torch
from torch import nn


class Normalizer(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        for name, value in (("mean", mean), ("std", std)):
            if not isinstance(value, torch.Tensor):
                value = torch.tensor(value)
            self.register_buffer(name, value.detach().clone()[None, :, None, None])

    def forward(self, x):
        return x.sub(self.mean).div(self.std)

    def denormalize(self, x):
        return x.mul(self.std).add(self.mean)
