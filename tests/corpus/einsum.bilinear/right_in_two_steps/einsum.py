import torch


def bilinear(x, w, y):
    half = torch.einsum("bi,oij->boj", x, w)
    return torch.einsum("boj,bj->bo", half, y)
