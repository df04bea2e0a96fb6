import torch


def masks_from_ids(ids):
    h, w = ids.shape
    values, places = torch.unique(ids, return_inverse=True)
    planes = torch.zeros(len(values), h, w, dtype=torch.bool, device=ids.device)
    planes.scatter_(0, places[None], True)
    return planes[values != 0]
