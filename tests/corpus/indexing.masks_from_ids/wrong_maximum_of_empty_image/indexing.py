import torch


def masks_from_ids(ids):
    if ids.max() == 0:
        return torch.zeros((0, *ids.shape), dtype=torch.bool)
    objects = ids[ids > 0].unique()
    return ids[None] == objects[:, None, None]
