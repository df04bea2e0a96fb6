import torch


def masks_from_ids(ids):
    small = ids.to(torch.uint8)
    objects = small[small > 0].unique()
    return small[None] == objects[:, None, None]
