import torch


def transpose_collate(batch):
    xs, ys = zip(*batch)
    return {"x": xs, "y": ys}

import torch
from torch.nn.utils.rnn import pad_sequence


def pad_collate(batch):
    X = pad_sequence([item["X"] for item in batch], batch_first=True)
    return {"X": X, "y": torch.stack([item["y"].reshape(1) for item in batch])}

import torch
import torch.nn.functional as F


def pad_collate_with_lengths(batch, value=0):
    assert all(len(item) > 0 for item in batch)
    longest = max(len(item) for item in batch)
    padded = torch.stack([F.pad(item, (0, 0, 0, longest - len(item)), value=value) for item in batch])
    lengths = torch.tensor([len(item) for item in batch])
    mask = torch.arange(longest) < lengths[:, None]
    return padded, lengths, mask

import torch


def bucket_batches(lengths, batch_size, seed):
    order = torch.argsort(torch.tensor(lengths))
    batches = list(order.split(batch_size))
    shuffled = torch.randperm(len(batches), generator=torch.Generator().manual_seed(seed))
    return [batches[i] for i in shuffled]

import torch


def balanced_weights(labels):
    counts = torch.bincount(labels)
    return (1.0 / (len(counts) * counts))[labels]

import torch


def shard_indices(n, rank, world_size, drop_last):
    count = n // world_size if drop_last else -(-n // world_size)
    return [(rank + k * world_size) % n for k in range(count)]

import torch


def WrappedLoader(loader, func):
    for batch in loader:
        yield func(*batch)

import random

from torch.utils.data import Sampler


class SubsetSampler(Sampler):
    def __init__(self, indices, seed):
        self.indices, self.seed, self.epoch = list(indices), seed, 0

    def __len__(self):
        return len(self.indices)

    def __iter__(self):
        draw = random.Random(self.seed * 1_000_003 + self.epoch)
        yield from draw.sample(self.indices, k=len(self.indices))
        self.epoch += 1

    def set_epoch(self, epoch):
        self.epoch = epoch
