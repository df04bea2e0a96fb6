import torch
from torch.func import vjp


def jacobian_rows(f, x):
    y, pull_back = vjp(f, x.detach())
    rows = [pull_back(unit)[0] for unit in torch.eye(y.shape[0], dtype=y.dtype, device=y.device)]
    if not rows:
        return x.new_zeros(0, x.shape[0])
    return torch.stack(rows)
