from torch import nn


class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList()
        for a, b in zip(sizes, sizes[1:]):
            self.layers.extend([nn.Linear(a, b), nn.ReLU()])
        del self.layers[-1]
        self.shapes = []

    def forward(self, x):
        self.shapes = []
        for layer in self.layers:
            x = layer(x)
            if isinstance(layer, nn.Linear):
                self.shapes.append(x.shape)
        return x
