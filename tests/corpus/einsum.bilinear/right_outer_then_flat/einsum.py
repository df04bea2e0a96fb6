import torch


def bilinear(x, w, y):
    pairs = torch.einsum("bi,bj->bij", x, y).flatten(1)
    return torch.einsum("bn,on->bo", pairs, w.flatten(1))
