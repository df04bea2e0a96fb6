import torch
from torch import nn


class Duck(torch.nn.Module):
    def __init__(self) -> None:
        super(Duck, self).__init__()
        self.register_buffer(name="duck", tensor=torch.FloatTensor([7]), persistent=True)

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        return inputs * self.duck[0]
