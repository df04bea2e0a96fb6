import torch


def boxes_from_masks(masks):
    boxes = []
    for mask in masks:
        y, x = torch.where(mask)
        boxes.append(torch.stack([x.min(), y.min(), x.max(), y.max()]).float())
    return torch.stack(boxes)
