import torch


def transpose_collate(batch):
    (x1, y1), (x2, y2) = batch
    return (x1, x2), (y1, y2)
