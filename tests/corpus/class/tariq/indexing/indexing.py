import torch


class Table:
    def __init__(self, values):
        self.values = values

    def gather(self, places):
        return self.values[tuple(places)]


def _ask(obj, places):
    return obj.gather(places)


def gather_along(x, dim, index):
    places = list(torch.meshgrid(*[torch.arange(n, device=x.device) for n in index.shape], indexing="ij"))
    places[dim] = index
    return _ask(Table(x), places)

import torch


index_select_along = lambda x, dim, index: x.transpose(0, dim)[index, ...].transpose(0, dim)

import torch


def diagonal_2d(x):
    if x.shape[0] < x.shape[1]:
        return diagonal_2d(x.transpose(0, 1))
    steps = torch.arange(x.shape[1], device=x.device)
    return torch.Tensor.gather(x, 0, steps[None]).flatten()

from functools import partial

import torch


class Diagonal:
    def __init__(self, axis):
        self.pick = partial(torch.gather, dim=axis)

    def __call__(self, x):
        n = min(x.shape[-2:])
        steps = torch.arange(n, device=x.device)
        return self.pick(x, index=steps[None, :, None].expand(len(x), n, 1)).reshape(len(x), n)


diagonal_3d = Diagonal(2)

import torch


def last_valid(x, lengths):
    steps = [row[length - 1].unsqueeze(0) for row, length in zip(x, lengths.tolist())]
    return torch.cat([x[:0, 0], *steps], dim=0)

import torch


def pick_rows(x, index):
    return torch.gather(x, 1, index.unsqueeze(-1).expand(-1, -1, x.size(-1)))

import torch


def one_hot(labels, num_classes):
    classes = torch.arange(num_classes, device=labels.device)[:, None]
    eye = torch.zeros(num_classes, num_classes, dtype=torch.int64, device=labels.device).scatter_(1, classes, 1)
    return eye[labels]

import torch


def label_nll(logits, labels):
    rows = torch.arange(len(labels), device=logits.device)
    return (logits.logsumexp(dim=1) - logits[rows, labels]).mean()

import torch


def masks_from_ids(ids):
    start = torch.zeros((0, *ids.shape), dtype=torch.bool, device=ids.device)
    values = ids[ids > 0].unique()
    return torch.cat([start, *((ids == value).unsqueeze(0) for value in values)])

import torch


def _ends(line):
    size = line.shape[1]
    line = line.to(torch.uint8)
    return line.argmax(1), size - 1 - line.flip(1).argmax(1)


def boxes_from_masks(masks):
    if len(masks) == 0:
        return torch.zeros(0, 4, device=masks.device, dtype=torch.float32)
    left, right = _ends(masks.any(1))
    top, bottom = _ends(masks.any(2))
    return torch.stack([left, top, right, bottom], dim=1).to(torch.float32)
