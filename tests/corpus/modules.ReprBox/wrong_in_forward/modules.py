from torch import nn


class ReprBox(nn.Module):
    def __init__(self, width, height):
        super().__init__()
        self.text = f"width={width}, height={height}"

    def extra_repr(self):
        self.text
