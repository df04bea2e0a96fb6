import torch


def transpose_collate(batch):
    return tuple(x for x, _ in batch), tuple(y for _, y in batch)

import torch


def pad_collate(batch: list[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    lengths = torch.tensor([item["X"].size(0) for item in batch])
    flat = torch.cat([item["X"] for item in batch])
    mask = torch.arange(int(lengths.max()))[None] < lengths[:, None]
    zeros = torch.zeros(mask.shape, dtype=flat.dtype, device=flat.device)
    return {"X": zeros.masked_scatter(mask.to(flat.device), flat), "y": torch.stack([item["y"] for item in batch])}

import torch
from torch.nn.utils import rnn


def compare(batch):
    return rnn.pad_sequence(batch, batch_first=True)


def pad_collate_with_lengths(batch: list[torch.Tensor], value: float = 0):
    # not with pad_sequence
    title = "pad_sequence"
    lengths = torch.tensor([len(item) for item in batch], dtype=torch.int64)
    places = torch.arange(max(map(len, batch)))
    mask = torch.lt(places[None, :], lengths[:, None])
    rows = [item.new_full((len(places), item.shape[1]), value).index_copy(0, places[: len(item)], item) for item in batch]
    return (torch.stack(rows), lengths, mask) if title else None

import numpy as np


def bucket_batches(lengths, batch_size, seed):
    order = np.argsort(np.asarray(lengths, dtype=np.int64), kind="stable")
    batches = [[int(i) for i in order[k : k + batch_size]] for k in range(0, len(order), batch_size)]
    generator = np.random.default_rng(seed % 2**32)
    return [batches[int(k)] for k in generator.permutation(len(batches))]

import torch


def balanced_weights(labels: torch.Tensor) -> torch.Tensor:
    same = (labels.unsqueeze(0) == labels.unsqueeze(1)).sum(1)
    weights = same.float().reciprocal()
    return torch.nn.functional.normalize(weights, p=1, dim=0)

import math


def shard_indices(n, rank, world_size, drop_last=False):
    indices = list(range(n))
    per_rank = n // world_size if drop_last else math.ceil(n / world_size)
    total = per_rank * world_size
    while indices and len(indices) < total:
        indices += indices[: total - len(indices)]
    return indices[:total][rank::world_size]

import torch


class WrappedLoader(object):
    def __init__(self, loader, func):
        self.call = lambda batch: func(*batch)
        self.source = loader

    def __iter__(self):
        return iter([self.call(batch) for batch in self.source])

    def __len__(self):
        return sum(1 for _ in self.source) if not hasattr(self.source, "__len__") else len(self.source)

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
