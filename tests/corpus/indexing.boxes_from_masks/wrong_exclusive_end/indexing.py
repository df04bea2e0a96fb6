import torch


def boxes_from_masks(masks):
    boxes = torch.zeros(len(masks), 4)
    for box, mask in zip(boxes, masks):
        y, x = torch.where(mask)
        box[:] = torch.stack([x.min(), y.min(), x.max() + 1, y.max() + 1])
    return boxes
