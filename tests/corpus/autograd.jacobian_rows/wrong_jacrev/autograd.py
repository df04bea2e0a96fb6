import torch.func as F


def jacobian_rows(f, x):
    return F.jacrev(f)(x)
