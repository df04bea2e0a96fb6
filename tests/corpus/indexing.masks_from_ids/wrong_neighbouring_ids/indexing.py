import torch


def masks_from_ids(ids):
    objects = torch.unique_consecutive(ids)
    objects = objects[objects > 0].sort().values
    return ids[None] == objects[:, None, None]
