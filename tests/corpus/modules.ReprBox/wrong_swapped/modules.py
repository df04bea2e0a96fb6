from torch import nn


class ReprBox(nn.Module):
    def __init__(self, width, height):
        super().__init__()
        self.size = (height, width)

    def extra_repr(self):
        return "width={}, height={}".format(*self.size)
