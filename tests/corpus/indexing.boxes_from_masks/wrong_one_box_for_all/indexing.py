import torch


def boxes_from_masks(masks):
    if len(masks) == 0:
        return torch.zeros(0, 4)
    _, y, x = torch.where(masks)
    box = torch.stack([x.min(), y.min(), x.max(), y.max()]).float()
    return box.repeat(len(masks), 1)
