import torch
from torch import nn


class Scaled(nn.Module):
    def __init__(self):
        super().__init__()
        donor = nn.Linear(1, 1)
        nn.init.constant_(donor.weight, 3.0)
        nn.init.constant_(donor.bias, 5.0)
        self.W1 = nn.Parameter(donor.weight.detach().reshape(1))
        self.W2 = donor.bias
        self.register_buffer("duck", torch.tensor([7.0]))

    def forward(self, x):
        return (x + self.W1) * self.duck / self.W2
