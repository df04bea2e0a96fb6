import torch


def last_valid(x, lengths):
    return x[:, lengths - 1]
