import torch


def transpose_collate(batch):
    return tuple(x for x, _ in batch[:-1]), tuple(y for _, y in batch[:-1])
