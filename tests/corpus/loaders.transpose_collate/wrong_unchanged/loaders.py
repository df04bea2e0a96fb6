import torch


def transpose_collate(batch):
    return tuple(tuple(pair) for pair in batch)
