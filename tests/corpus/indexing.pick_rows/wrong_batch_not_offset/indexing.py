import torch


def pick_rows(x, index):
    return x.flatten(0, 1)[index]
