import torch


def masks_from_ids(ids):
    present = sorted(set(ids.flatten().tolist()) - {0})
    masks = torch.zeros((len(present), *ids.shape), dtype=torch.bool, device=ids.device)
    for mask, value in zip(masks, present):
        mask[ids == value] = True
    return masks
