import torch


class ReprBox(torch.nn.Module):
    def __init__(self, width, height):
        super().__init__()
        self.fields = {"width": width, "height": height}

    def extra_repr(self) -> str:
        return ", ".join("=".join((name, str(value))) for name, value in self.fields.items())
