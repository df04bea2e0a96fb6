import torch
from torch import nn
from torchvision.transforms.functional import normalize


class Normalizer(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        for name, values in (("mean", mean), ("std", std)):
            self.register_buffer(name, torch.tensor([float(v) for v in values]).reshape(len(values), 1, 1))

    def forward(self, x):
        return normalize(x, self.mean, self.std)

    def denormalize(self, x):
        return x.mul(self.std).add(self.mean)
