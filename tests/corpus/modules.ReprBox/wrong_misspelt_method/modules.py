from torch import nn


class ReprBox(nn.Module):
    def __init__(self, width, height):
        super().__init__()
        self.width = width
        self.height = height

    def extra_rep(self):
        return f"width={self.width}, height={self.height}"
