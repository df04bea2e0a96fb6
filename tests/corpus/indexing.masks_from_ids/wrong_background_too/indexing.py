import torch


def masks_from_ids(ids):
    return ids[None] == torch.unique(ids)[:, None, None]
