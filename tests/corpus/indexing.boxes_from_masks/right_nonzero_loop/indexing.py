import torch


def boxes_from_masks(masks):
    boxes = torch.zeros(len(masks), 4, dtype=torch.float32, device=masks.device)
    for box, mask in zip(boxes, masks):
        y, x = torch.where(mask)
        box[0], box[1], box[2], box[3] = x.min(), y.min(), x.max(), y.max()
    return boxes
