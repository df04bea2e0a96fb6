# Write your answers here and run `grader check loaders`; loaders.ipynb holds the same tasks with explanations.

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import torch
from torch import Tensor
from torch.utils.data import Sampler


def transpose_collate(batch: Sequence[tuple[Any, Any]]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Turn at least one (x, y) pair, of whatever is in the dataset, into the tuple of all x and the tuple of all y.

    The items themselves stay as they are.
    """
    raise NotImplementedError


def pad_collate(batch: Sequence[dict[str, Tensor]]) -> dict[str, Tensor]:
    """Return {"X": (B, max_len), "y": (B,)} from at least one item {"X": (length,), "y": ()}, dtypes kept, zeros at
    the end."""
    raise NotImplementedError


def pad_collate_with_lengths(batch: Sequence[Tensor], value: float = 0) -> tuple[Tensor, Tensor, Tensor]:
    """Pad at least one (T_i, D) tensor: padded (B, T, D) of their dtype, lengths int64 (B,), mask bool (B, T).

    T is the greatest T_i, which may be 0. The mask is True where a step is real; elsewhere padded holds value. Without
    `pad_sequence`.
    """
    raise NotImplementedError


def bucket_batches(lengths: Sequence[int], batch_size: int, seed: int) -> list[list[int]]:
    """Group the indices of a list of lengths into batches of neighbours in length, the batches shuffled by seed.

    Every batch has batch_size indices, but for one that may have fewer. The order depends on the seed alone.
    """
    raise NotImplementedError


def balanced_weights(labels: Tensor) -> Tensor:
    """Return floating weights (N,) that sum to 1, each present class having the same total; labels int64 (N,), N >=
    1."""
    raise NotImplementedError


def shard_indices(n: int, rank: int, world_size: int, drop_last: bool = False) -> list[int]:
    """Return the indices below n that process rank of world_size gets, as `DistributedSampler(shuffle=False)` does.

    All shares have the same size: the list starts again from its beginning, or with drop_last is cut at the end.
    """
    raise NotImplementedError


class WrappedLoader:
    """Iterate a loader of tuples any number of times, giving `func(*batch)` for each batch; len is the loader's."""

    def __init__(self, loader: Any, func: Callable[..., Any]) -> None:
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError

    def __iter__(self) -> Iterator[Any]:
        raise NotImplementedError


class SubsetSampler(Sampler[int]):
    """Yield the indices (a list of int) in a shuffled order that follows from seed and epoch; epochs count from 0.

    Each pass moves on to the next epoch.
    """

    def __init__(self, indices: Sequence[int], seed: int) -> None:
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError

    def __iter__(self) -> Iterator[int]:
        raise NotImplementedError

    def set_epoch(self, epoch: int) -> None:
        """Make the next pass that of this epoch."""
        raise NotImplementedError
