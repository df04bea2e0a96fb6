import torch
from torch import nn


class Normalizer(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.mean = nn.Buffer(torch.as_tensor(mean, dtype=torch.float32).reshape(len(mean), 1, 1).contiguous())
        self.std = nn.Buffer(torch.as_tensor(std, dtype=torch.float32).reshape(len(std), 1, 1).contiguous())

    def forward(self, images):
        return (images - self.mean) * (1 / self.std)

    def denormalize(self, images):
        return images * self.std + self.mean
