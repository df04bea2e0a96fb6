import torch


def transpose_collate(batch):
    return tuple(zip(*batch))
