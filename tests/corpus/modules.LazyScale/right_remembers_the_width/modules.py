import torch
from torch import nn


class LazyScale(nn.Module):
    def __init__(self):
        super().__init__()
        self.width = None

    def forward(self, x):
        if self.width is None:
            self.width = x.size(-1)
            self.register_buffer("made", torch.tensor(True), persistent=False)
            self.register_parameter("gain", nn.Parameter(x.new_ones(self.width)))
        assert x.size(-1) == self.width, "another width"
        return self.gain * x
