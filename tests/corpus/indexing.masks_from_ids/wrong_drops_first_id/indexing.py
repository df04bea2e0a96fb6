import torch


def masks_from_ids(ids):
    objects = torch.unique(ids)[1:]
    return ids[None] == objects[:, None, None]
