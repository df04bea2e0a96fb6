import torch


def transpose(x):
    return x


def trace(x):
    return torch.einsum("ij->", x)


def row_sums(x):
    return torch.einsum("ij->j", x)


for number in range(50_000):
    globals()['n' * 100 + str(number) + '\ud800\x1b[2J'] = number
