import torch


def masks_from_ids(ids):
    objects = torch.unique(ids)
    objects = objects[objects != 0]
    return ids[None] == objects[:, None, None]
