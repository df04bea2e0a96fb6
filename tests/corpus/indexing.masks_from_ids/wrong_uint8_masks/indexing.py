import torch


def masks_from_ids(ids):
    objects = ids[ids > 0].unique()
    return (ids[None] == objects[:, None, None]).to(torch.uint8)
