import torch as th


def bilinear(x, w, y):
    return th.einsum("BI , OIJ , BJ -> BO", x, w, y)
