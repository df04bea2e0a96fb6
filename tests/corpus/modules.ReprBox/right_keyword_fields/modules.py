from torch import nn


class ReprBox(nn.Module):
    def __init__(self, width, height):
        super().__init__()
        self.size = {"width": width, "height": height}

    def extra_repr(self) -> str:
        width, height = self.size.values()
        return f"{width=}, {height=}"

    def forward(self, x):
        return x
