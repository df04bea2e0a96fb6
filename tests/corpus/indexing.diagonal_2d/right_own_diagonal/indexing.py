import torch


class Square:
    """Not torch.diagonal, not einsum("ii->i")."""

    def __init__(self, side, device):
        self.side, self.device = side, device

    def diagonal(self):
        return torch.arange(self.side, device=self.device).reshape(self.side, 1)

    diag = diagonal


def diagonal_2d(x):
    diagonal = Square(min(x.shape), x.device).diag()
    return torch.gather(x, dim=1, index=diagonal)[:, 0]
