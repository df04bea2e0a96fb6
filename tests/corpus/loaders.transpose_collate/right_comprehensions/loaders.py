import torch


def transpose_collate(batch):
    return tuple(x for x, _ in batch), tuple(y for _, y in batch)
