import torch


class Box:
    def __init__(self, mask):
        points = mask.nonzero().flip(1)
        self.corners = torch.cat([points.amin(0), points.amax(0)])

    def row(self):
        return self.corners.to(torch.float32).unsqueeze(0)


def boxes_from_masks(masks):
    if masks.shape[0] == 0:
        return torch.empty((0, 4), dtype=torch.float32, device=masks.device)
    return torch.cat([Box(masks[0]).row(), boxes_from_masks(masks[1:])])
