import torch


def pick_rows(x, index):
    return x.gather(1, index.unsqueeze(-1))
