import torch


def bilinear(x, w, y):
    return torch.einsum("bi,oij,bj->ob", x, w, y)
