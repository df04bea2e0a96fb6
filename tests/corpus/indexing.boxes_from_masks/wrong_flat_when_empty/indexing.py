import torch


def boxes_from_masks(masks):
    rows = []
    for mask in masks:
        y, x = torch.where(mask)
        rows.append([float(x.min()), float(y.min()), float(x.max()), float(y.max())])
    return torch.tensor(rows, dtype=torch.float32)
