from torch import nn


class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(sizes[i], sizes[i + 1]) for i in range(len(sizes) - 1))
        self.activation = nn.ReLU()
        self.shapes = []

    def forward(self, x):
        self.shapes.clear()
        *hidden, head = self.layers
        for layer in hidden:
            out = layer(x)
            self.shapes.append(out.size())
            x = self.activation(out)
        out = head(x)
        self.shapes.append(out.size())
        return out
