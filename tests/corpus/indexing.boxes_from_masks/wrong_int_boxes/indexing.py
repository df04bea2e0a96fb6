import torch


def boxes_from_masks(masks):
    boxes = torch.zeros(len(masks), 4, dtype=torch.int64)
    for box, mask in zip(boxes, masks):
        y, x = torch.where(mask)
        box[:] = torch.stack([x.min(), y.min(), x.max(), y.max()])
    return boxes
