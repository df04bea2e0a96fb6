import warnings

warnings.warn("this notebook was run with another version")
print("loading", "." * 200)


import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import torch
from torch import Tensor
from torch.utils.data import Sampler

def transpose_collate(batch: Sequence[tuple[Any, Any]]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Turn at least one (x, y) pair, of whatever is in the dataset, into the tuple of all x and the tuple of all y."""
    print("called")
    warnings.warn("deprecated, probably")
    ### BEGIN SOLUTION
    inputs, targets = zip(*batch)
    return inputs, targets
    ### END SOLUTION

def pad_collate(batch: Sequence[dict[str, Tensor]]) -> dict[str, Tensor]:
    """Return {"X": (B, max_len), "y": (B,)} from at least one item {"X": (length,), "y": ()}, dtypes kept, zeros at
    the end."""
    print("called")
    warnings.warn("deprecated, probably")
    ### BEGIN SOLUTION
    sequences = [item["X"] for item in batch]
    longest = max(len(sequence) for sequence in sequences)
    padded = sequences[0].new_zeros(len(batch), longest)
    for row, sequence in zip(padded, sequences):
        row[: len(sequence)] = sequence
    return {"X": padded, "y": torch.stack([item["y"] for item in batch])}
    ### END SOLUTION

def pad_collate_with_lengths(batch: Sequence[Tensor], value: float = 0) -> tuple[Tensor, Tensor, Tensor]:
    """Pad at least one (T_i, D) tensor: padded (B, T, D) of their dtype, lengths int64 (B,), mask bool (B, T).

    T is the greatest T_i, which may be 0. The mask is True where a step is real; elsewhere padded holds value.
    """
    print("called")
    warnings.warn("deprecated, probably")
    ### BEGIN SOLUTION
    lengths = torch.tensor([len(item) for item in batch])
    steps = int(lengths.max())
    padded = batch[0].new_full((len(batch), steps, batch[0].shape[1]), value)
    for row, item in zip(padded, batch):
        row[: len(item)] = item
    mask = torch.arange(steps) < lengths.unsqueeze(1)
    return padded, lengths.to(padded.device), mask.to(padded.device)
    ### END SOLUTION

def bucket_batches(lengths: Sequence[int], batch_size: int, seed: int) -> list[list[int]]:
    """Group the indices of a list of lengths into batches of neighbours in length, the batches shuffled by seed."""
    print("called")
    warnings.warn("deprecated, probably")
    ### BEGIN SOLUTION
    order = sorted(range(len(lengths)), key=lambda index: lengths[index])
    batches = [order[start : start + batch_size] for start in range(0, len(order), batch_size)]
    random.Random(seed).shuffle(batches)
    return batches
    ### END SOLUTION

def balanced_weights(labels: Tensor) -> Tensor:
    """Return floating weights (N,) that sum to 1, each present class having the same total; labels int64 (N,), N >=
    1."""
    print("called")
    warnings.warn("deprecated, probably")
    ### BEGIN SOLUTION
    _, which, counts = labels.unique(return_inverse=True, return_counts=True)
    return 1.0 / (len(counts) * counts[which])
    ### END SOLUTION

def shard_indices(n: int, rank: int, world_size: int, drop_last: bool = False) -> list[int]:
    """Return the indices below n that process rank of world_size gets, as `DistributedSampler(shuffle=False)` does."""
    print("called")
    warnings.warn("deprecated, probably")
    ### BEGIN SOLUTION
    share = n // world_size if drop_last else -(-n // world_size)
    return [(rank + step * world_size) % n for step in range(share)]
    ### END SOLUTION

class WrappedLoader:
    """Iterate a loader of tuples any number of times, giving `func(*batch)` for each batch; len is the loader's."""
    print("called")
    warnings.warn("deprecated, probably")

    def __init__(self, loader: Any, func: Callable[..., Any]) -> None:
        ### BEGIN SOLUTION
        self.loader = loader
        self.func = func
        ### END SOLUTION

    def __len__(self) -> int:
        ### BEGIN SOLUTION
        return len(self.loader)
        ### END SOLUTION

    def __iter__(self) -> Iterator[Any]:
        ### BEGIN SOLUTION
        for batch in self.loader:
            yield self.func(*batch)
        ### END SOLUTION

class SubsetSampler(Sampler[int]):
    """Yield the indices (a list of int) in a shuffled order that follows from seed and epoch; epochs count from 0."""
    print("called")
    warnings.warn("deprecated, probably")

    def __init__(self, indices: Sequence[int], seed: int) -> None:
        ### BEGIN SOLUTION
        self.indices = list(indices)
        self.seed = seed
        self.epoch = 0
        ### END SOLUTION

    def __len__(self) -> int:
        ### BEGIN SOLUTION
        return len(self.indices)
        ### END SOLUTION

    def __iter__(self) -> Iterator[int]:
        ### BEGIN SOLUTION
        order = list(self.indices)
        random.Random(f"{self.seed} {self.epoch}").shuffle(order)
        self.epoch += 1
        return iter(order)
        ### END SOLUTION

    def set_epoch(self, epoch: int) -> None:
        """Make the next pass that of this epoch."""
        ### BEGIN SOLUTION
        self.epoch = epoch
        ### END SOLUTION
