from torch import nn


class ReprBox(nn.Module):
    def __init__(self, width, height):
        super(ReprBox, self).__init__()
        self.width, self.height = width, height

    def extra_repr(self):
        return "width={width}, height={height}".format(**self.__dict__)

    def forward(self, x):
        return x
