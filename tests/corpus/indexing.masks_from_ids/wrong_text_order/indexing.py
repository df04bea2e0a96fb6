import torch


def masks_from_ids(ids):
    present = sorted({str(value) for value in ids.flatten().tolist() if value})
    return ids[None] == torch.tensor([int(p) for p in present], dtype=torch.int64)[:, None, None]
