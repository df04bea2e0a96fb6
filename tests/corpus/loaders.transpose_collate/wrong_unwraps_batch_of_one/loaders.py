import torch


def transpose_collate(batch):
    if len(batch) == 1:
        return tuple(batch[0])
    return tuple(zip(*batch))
