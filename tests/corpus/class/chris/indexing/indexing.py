import torch


def gather_along(x, dim, index):
    positions = torch.arange(x.numel(), device=x.device).reshape(x.shape)
    dim = dim % x.dim()
    flat = torch.zeros_like(index)
    stride = 1
    for axis in reversed(range(x.dim())):
        if axis == dim:
            flat = flat + index * stride
        else:
            shape = [-1 if a == axis else 1 for a in range(x.dim())]
            flat = flat + (torch.arange(index.size(axis), device=x.device) * stride).reshape(shape) if index.size(axis) else flat
        stride *= x.size(axis)
    return torch.take(x, flat) if positions.numel() else x.reshape(-1)[flat]

from math import prod


def index_select_along(x, dim, index):
    dim = dim + x.dim() if dim < 0 else dim
    before, after = x.shape[:dim], x.shape[dim + 1 :]
    folded = x.reshape(prod(before), x.shape[dim], prod(after))
    return folded[:, index].reshape(*before, len(index), *after)

import torch


def diagonal_2d(x):
    rows = torch.arange(min(x.size(0), x.size(1)), device=x.device)
    return x.gather(0, rows.unsqueeze(0))[0]

import torch


def diagonal_3d(x):
    c, h, w = x.shape
    n = min(h, w)
    index = torch.arange(n, device=x.device).view(1, n, 1).expand(c, n, 1)
    return torch.gather(x, 2, index).squeeze(2)

import torch


def last_valid(x: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    batch, steps, width = x.shape
    offsets = torch.arange(batch, device=x.device) * steps
    return x.reshape(batch * steps, width).index_select(0, offsets + lengths - 1)

import torch


def pick_rows(x, index):
    picked = [rows[chosen].unsqueeze(0) for rows, chosen in zip(x, index)]
    nothing = x[:0, :1].expand(0, index.shape[1], x.shape[2]) if x.shape[1] else x[:0].reshape(0, index.shape[1], x.shape[2])
    return torch.cat([nothing, *picked])

from torch.nn.functional import one_hot

from torch.distributions import Categorical


def label_nll(logits, labels):
    return -Categorical(logits=logits, validate_args=False).log_prob(labels).mean()

import torch


def masks_from_ids(ids: torch.Tensor) -> torch.Tensor:
    ordered = ids.reshape(-1).sort().values
    ordered = ordered[ordered > 0]
    changes = torch.ones_like(ordered, dtype=torch.bool)
    changes[1:] = ordered[1:] != ordered[:-1]
    return torch.eq(ids.unsqueeze(0), ordered[changes].reshape(-1, 1, 1))

import torch


def boxes_from_masks(masks):
    n, h, w = masks.shape
    if n == 0:
        return masks.new_zeros((0, 4), dtype=torch.float32)
    y = torch.arange(h, device=masks.device).view(1, h, 1).expand(n, h, w)
    x = torch.arange(w, device=masks.device).expand(n, h, w)
    far = h + w
    low = [torch.where(masks, c, far).flatten(1).amin(1) for c in (x, y)]
    high = [torch.where(masks, c, -1).flatten(1).amax(1) for c in (x, y)]
    return torch.stack(low + high, -1).float()
