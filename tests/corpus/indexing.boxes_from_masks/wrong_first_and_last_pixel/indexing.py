import torch


def boxes_from_masks(masks):
    boxes = torch.zeros(len(masks), 4)
    for box, mask in zip(boxes, masks):
        y, x = torch.where(mask)
        box[:] = torch.stack([x[0], y[0], x[-1], y[-1]])
    return boxes
