import torch


def transpose_collate(batch):
    print(f"collating {len(batch)} samples")
    match list(batch):
        case [(x, y)]:
            return (x,), (y,)
        case [*pairs]:
            first, second = zip(*pairs, strict=True)
            return first, second

import torch
import torch.nn.functional as F


def pad_collate(batch):
    longest = max(len(item["X"]) for item in batch)
    X = [F.pad(item["X"], (longest - len(item["X"]), 0)) for item in batch]
    return {"X": torch.stack(X), "y": torch.stack([item["y"] for item in batch])}

import torch


def pad_sequence(items, value):
    """Unlike torch.nn.utils.rnn.pad_sequence this also fills."""
    steps = max(item.shape[0] for item in items)
    result = items[0].new_empty((len(items), steps, items[0].shape[1])).fill_(value)
    for row, item in zip(result, items):
        row[: item.shape[0]].copy_(item)
    return result


def pad_collate_with_lengths(batch, value=0):
    padded = pad_sequence(batch, value)
    lengths = torch.tensor([item.shape[0] for item in batch])
    mask = torch.stack([torch.arange(padded.shape[1]) < length for length in lengths])
    return padded, lengths, mask

import numpy as np


def bucket_batches(lengths, batch_size, seed):
    order = np.argsort(np.asarray(lengths, dtype=np.int64), kind="stable")
    batches = [[int(i) for i in order[k : k + batch_size]] for k in range(0, len(order), batch_size)]
    generator = np.random.default_rng(seed % 2**32)
    return [batches[int(k)] for k in generator.permutation(len(batches))]

import torch


def balanced_weights(labels):
    count = {value: int((labels == value).sum()) for value in set(labels.tolist())}
    logs = torch.tensor([float(count[value]) for value in labels.tolist()], dtype=torch.float64).log()
    return torch.softmax(-logs, 0)

import torch


def shard_indices(n, rank, world_size, drop_last):
    count = n // world_size if drop_last else -(-n // world_size)
    return [(rank + k * world_size) % n for k in range(count)]

from itertools import starmap


class WrappedLoader:
    def __init__(self, loader, func):
        self.loader, self.func = loader, func

    def __iter__(self):
        return starmap(self.func, self.loader)

    def __len__(self):
        return self.loader.__len__()

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
