from torch import nn


class ReprBox(nn.Module):
    def __init__(self, width, height):
        super().__init__()
        self.width = width
        self.height = height

    def extra_repr(self):
        return f"ReprBox(width={self.width}, height={self.height})"
