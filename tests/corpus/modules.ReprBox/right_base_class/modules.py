from torch import nn


class Shown(nn.Module):
    shown = ()

    def extra_repr(self):
        return ", ".join("%s=%s" % (name, getattr(self, name)) for name in self.shown)


class ReprBox(Shown):
    shown = ("width", "height")

    def __init__(self, width, height):
        super().__init__()
        self.width = width
        self.height = height
