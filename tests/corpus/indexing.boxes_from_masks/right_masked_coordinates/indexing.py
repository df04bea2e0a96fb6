import torch


def boxes_from_masks(masks):
    n, h, w = masks.shape
    if n == 0:
        return masks.new_zeros((0, 4), dtype=torch.float32)
    y = torch.arange(h, device=masks.device).view(1, h, 1).expand(n, h, w)
    x = torch.arange(w, device=masks.device).expand(n, h, w)
    far = h + w
    low = [torch.where(masks, c, far).flatten(1).amin(1) for c in (x, y)]
    high = [torch.where(masks, c, -1).flatten(1).amax(1) for c in (x, y)]
    return torch.stack(low + high, -1).float()
