import torch


def bilinear(x, w, y):
    return torch.einsum("bi,oji,bj->bo", x, w, y)
