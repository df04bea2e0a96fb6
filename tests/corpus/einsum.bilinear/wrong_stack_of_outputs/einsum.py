import torch


def bilinear(x, w, y):
    return torch.stack([torch.einsum("bi,ij,bj->b", x, plane, y) for plane in w], dim=1)
