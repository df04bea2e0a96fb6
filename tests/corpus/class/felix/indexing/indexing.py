import torch


def gather(table, coordinates):
    return table[tuple(coordinates)]


class Grid:
    def __init__(self, shape, device):
        self.axes = torch.meshgrid(*(torch.arange(n, device=device) for n in shape), indexing="ij")

    def take_along_dim(self, dim, index):
        dim = dim + len(self.axes) if dim < 0 else dim
        return [index if axis == dim else values for axis, values in enumerate(self.axes)]


def gather_along(x: torch.Tensor, dim: int, index: torch.Tensor) -> torch.Tensor:
    return gather(x, Grid(index.shape, x.device).take_along_dim(dim, index))

import torch


def reference(x, dim, index):
    return torch.index_select(x, dim, index)


def _key(rank, dim, index):
    if dim in (0, -rank):
        return (index,)
    return (slice(None), *_key(rank - 1, dim if dim < 0 else dim - 1, index))


def index_select_along(x, dim, index):
    return x[_key(x.dim(), dim, index)]

import numpy as np
import torch


def diagonal_2d(x):
    h, w = x.shape
    positions = np.diag(np.arange(h * w).reshape(h, w)).copy()
    return x.flatten().gather(0, torch.from_numpy(positions).to(x.device))

import torch


def diagonal_3d(x):
    c, h, w = x.shape
    places = torch.arange(min(h, w), device=x.device) * (w + 1)
    return x.reshape(c, h * w).gather(1, places.expand(c, -1))

import torch


def last_valid(x: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    batch, steps, width = x.shape
    offsets = torch.arange(batch, device=x.device) * steps
    return x.reshape(batch * steps, width).index_select(0, offsets + lengths - 1)

import torch


def pick_rows(x, index):
    batch, count, width = x.shape
    offsets = torch.arange(batch, device=x.device).mul(count).unsqueeze(1)
    flat = (index + offsets).reshape(-1)
    return x.reshape(batch * count, width)[flat].reshape(*index.shape, width)

import torch
import torch.nn.functional as F


def check(labels, num_classes):
    assert torch.equal(one_hot(labels, num_classes), F.one_hot(labels, num_classes))


def one_hot(labels: torch.Tensor, num_classes: int) -> torch.Tensor:
    source = torch.ones((*labels.shape, 1), dtype=torch.int64, device=labels.device)
    target = torch.zeros((*labels.shape, num_classes), dtype=torch.int64, device=labels.device)
    target.scatter_(-1, labels[..., None], source)
    return target

import torch
import torch.nn.functional as F


def label_nll(logits, labels):
    """What F.cross_entropy(logits, labels) gives, without F.nll_loss."""
    cross_entropy = F.log_softmax(logits, -1)
    nll_loss = cross_entropy[range(len(labels)), labels]
    return nll_loss.mean().neg()

import torch


def masks_from_ids(ids):
    objects = torch.unique(ids)
    objects = objects[objects != 0]
    return ids[None] == objects[:, None, None]

import torch


def boxes_from_masks(masks):
    rows = []
    for mask in masks.tolist():
        pixels = [(x, y) for y, line in enumerate(mask) for x, on in enumerate(line) if on]
        xs, ys = zip(*pixels)
        rows.append([min(xs), min(ys), max(xs), max(ys)])
    return torch.tensor(rows, dtype=torch.float32, device=masks.device).reshape(-1, 4)
