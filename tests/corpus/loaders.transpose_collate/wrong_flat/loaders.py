import torch


def transpose_collate(batch):
    xs, ys = zip(*batch)
    return xs + ys
