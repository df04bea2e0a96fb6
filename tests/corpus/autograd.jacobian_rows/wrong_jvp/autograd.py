import torch
from torch.func import jvp


def jacobian_rows(f, x):
    return torch.stack([jvp(f, (x,), (e,))[1] for e in torch.eye(len(x), dtype=x.dtype)], 1)
