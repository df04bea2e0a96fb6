import torch


def transpose_collate(batch):
    batch = batch if isinstance(batch, list) else list(batch)
    xs, ys = [], []
    while batch:
        x, y = batch.pop(0)
        xs.append(x)
        ys.append(y)
    return tuple(xs), tuple(ys)
