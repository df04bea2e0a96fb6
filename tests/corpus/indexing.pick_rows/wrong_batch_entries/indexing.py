import torch


def pick_rows(x, index):
    return x[index % max(len(x), 1)]
