import sys

import torch


def transpose(x):
    for _ in range(10_000):
        print('flood')
    return x


def trace(x):
    print('A' * 1_000_000)
    print('B' * 1_000_000, file=sys.stderr)
    return x


def row_sums(x):
    return torch.einsum("ij->j", x)
