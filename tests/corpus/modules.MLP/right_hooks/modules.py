import torch.nn.functional as F
from torch import nn


class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList()
        self._shapes = {}
        for i in range(1, len(sizes)):
            layer = nn.Linear(sizes[i - 1], sizes[i])
            layer.register_forward_hook(lambda m, args, out, i=i: self._shapes.__setitem__(i, tuple(out.shape)))
            self.layers.append(layer)

    @property
    def shapes(self):
        return [self._shapes[i] for i in sorted(self._shapes)]

    def forward(self, x):
        *body, head = self.layers
        for layer in body:
            x = F.relu(layer(x))
        return head(x)
