import torch


def transpose_collate(batch):
    xs, ys = [], []
    for x, y in batch:
        xs.append(x)
        ys.append(y)
    return (tuple(xs), tuple(ys))
