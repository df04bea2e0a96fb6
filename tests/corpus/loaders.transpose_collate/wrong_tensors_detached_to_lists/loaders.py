import torch


def transpose_collate(batch):
    xs, ys = zip(*batch)
    return tuple(x.tolist() if hasattr(x, "tolist") else x for x in xs), ys
