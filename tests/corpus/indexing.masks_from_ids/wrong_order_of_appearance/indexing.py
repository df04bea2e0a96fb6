import torch


def masks_from_ids(ids):
    seen = [value for value in dict.fromkeys(ids.flatten().tolist()) if value]
    return ids[None] == torch.tensor(seen, dtype=torch.int64)[:, None, None]
