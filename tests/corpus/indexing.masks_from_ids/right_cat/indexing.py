import torch


def masks_from_ids(ids):
    start = torch.zeros((0, *ids.shape), dtype=torch.bool, device=ids.device)
    values = ids[ids > 0].unique()
    return torch.cat([start, *((ids == value).unsqueeze(0) for value in values)])
