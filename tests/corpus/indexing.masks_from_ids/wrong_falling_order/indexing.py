import torch


def masks_from_ids(ids):
    objects = ids[ids > 0].unique().flip(0)
    return ids[None] == objects[:, None, None]
