import torch


def transpose_collate(batch):
    return tuple(x for x, _ in batch), tuple(y for _, y in batch)

import torch
from torch.nn.utils.rnn import pad_sequence


def pad_collate(batch):
    return {
        "X": pad_sequence([item["X"] for item in batch], batch_first=True),
        "y": torch.stack([item["y"] for item in batch]),
    }

import torch


def pad_collate_with_lengths(batch, value=0):
    lengths = torch.as_tensor([item.size(0) for item in batch], dtype=torch.long)
    mask = torch.arange(lengths.max().item()).expand(len(batch), -1) < lengths[:, None]
    padded = torch.full((*mask.shape, batch[0].size(1)), value, dtype=batch[0].dtype)
    padded[mask] = torch.cat(list(batch))
    return padded, lengths, mask

import numpy as np


def bucket_batches(lengths, batch_size, seed):
    order = np.argsort(np.asarray(lengths, dtype=np.int64), kind="stable")
    batches = [[int(i) for i in order[k : k + batch_size]] for k in range(0, len(order), batch_size)]
    generator = np.random.default_rng(seed % 2**32)
    return [batches[int(k)] for k in generator.permutation(len(batches))]

import torch


def balanced_weights(labels):
    counts = torch.bincount(labels)
    raw = 1 / counts[labels].to(torch.float64)
    return raw / raw.sum()

import torch


def shard_indices(n, rank, world_size, drop_last=False):
    count = n // world_size if drop_last else -(-n // world_size)
    return [(rank + k * world_size) % n for k in range(count)]

import torch


def WrappedLoader(loader, func):
    for batch in loader:
        yield func(*batch)

import numpy as np
import torch.utils.data as data


class SubsetSampler(data.Sampler):
    def __init__(self, indices, seed):
        self.members, self.seed, self.passes = list(indices), seed, 0

    def set_epoch(self, epoch):
        self.passes = epoch

    def __iter__(self):
        order = np.random.default_rng([self.seed % 2**32, self.passes]).permutation(len(self.members))
        self.passes = self.passes + 1
        return (self.members[int(i)] for i in order)

    def __len__(self):
        return len(self.members)
