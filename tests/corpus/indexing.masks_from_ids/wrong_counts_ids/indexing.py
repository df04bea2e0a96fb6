import torch


def masks_from_ids(ids):
    count = len(set(ids.flatten().tolist()) - {0})
    return ids[None] == torch.arange(1, count + 1)[:, None, None]
