import torch


def transpose_collate(batch):
    return zip(*batch)
