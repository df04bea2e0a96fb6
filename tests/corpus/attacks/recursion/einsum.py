import sys

import torch


def transpose(x):
    sys.setrecursionlimit(1 << 30)
    deep = []
    for _ in range(1_000_000):
        deep = [deep]
    return repr(deep)


def trace(x):
    return trace(x)


def row_sums(x):
    return torch.einsum("rc->r", x)
