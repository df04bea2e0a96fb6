import torch


def bilinear(x, w, y):
    return torch.einsum("bi,oij,cj->bo", x, w, y)
