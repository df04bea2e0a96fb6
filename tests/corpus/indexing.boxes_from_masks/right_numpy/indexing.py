import numpy as np
import torch


def boxes_from_masks(masks):
    boxes = np.zeros((masks.shape[0], 4), dtype=np.float32)
    for i, mask in enumerate(masks.cpu().numpy()):
        ys, xs = mask.nonzero()
        boxes[i] = xs.min(), ys.min(), xs.max(), ys.max()
    return torch.from_numpy(boxes).to(masks.device)
