from functools import reduce


def transpose_collate(batch):
    return reduce(lambda done, pair: (done[0] + (pair[0],), done[1] + (pair[1],)), batch, ((), ()))

import torch
import torch.nn.functional as F


def pad_collate(batch):
    xs = [item["X"] for item in batch]
    length = max(x.numel() for x in xs)
    padded = [F.pad(x, (0, length - x.numel())) for x in xs]
    return dict(X=torch.stack(padded), y=torch.cat([item["y"].reshape(1) for item in batch]))

import torch


def _extend(item, steps, value):
    filling = torch.full((steps - item.size(0), item.size(1)), value, dtype=item.dtype, device=item.device)
    return torch.cat([item, filling])


def pad_collate_with_lengths(batch, value=0):
    sizes = list(map(len, batch))
    rows = [_extend(item, max(sizes), value)[None] for item in batch]
    mask = [[step < size for step in range(max(sizes))] for size in sizes]
    return torch.cat(rows), torch.LongTensor(sizes), torch.tensor(mask, dtype=torch.bool).reshape(len(sizes), max(sizes))

import random


def bucket_batches(lengths, batch_size, seed):
    order = sorted(range(len(lengths)), key=lambda i: lengths[i])
    batches = [order[start : start + batch_size] for start in range(0, len(order), batch_size)]
    random.Random(seed).shuffle(batches)
    return batches

import torch


def balanced_weights(labels: torch.Tensor) -> torch.Tensor:
    same = (labels.unsqueeze(0) == labels.unsqueeze(1)).sum(1)
    weights = same.float().reciprocal()
    return torch.nn.functional.normalize(weights, p=1, dim=0)

from itertools import cycle, islice


def shard_indices(n: int, rank: int, world_size: int, drop_last: bool = False) -> list[int]:
    rounds, rest = divmod(n, world_size)
    if rest and not drop_last:
        rounds += 1
    return list(islice(cycle(range(n)), rank, rounds * world_size, world_size))

from itertools import starmap


class WrappedLoader:
    def __init__(self, loader, func):
        self.loader, self.func = loader, func

    def __iter__(self):
        return starmap(self.func, self.loader)

    def __len__(self):
        return self.loader.__len__()

import torch
from torch.utils.data import Sampler


class SubsetSampler(Sampler):
    def __init__(self, indices, seed):
        self.indices = list(indices)
        self.seed = seed
        self.epoch = 0

    def set_epoch(self, epoch):
        self.epoch = epoch

    def __iter__(self):
        generator = torch.Generator().manual_seed((self.seed * 100003 + self.epoch) % 2**31)
        self.epoch += 1
        order = torch.randperm(len(self.indices), generator=generator).tolist()
        return iter([self.indices[i] for i in order])

    def __len__(self):
        return len(self.indices)
