import torch


def transpose_collate(batch):
    return (x for x, _ in batch), (y for _, y in batch)
