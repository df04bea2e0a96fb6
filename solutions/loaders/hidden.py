"""Further probes of the assignment loaders, never shown to students: the same questions at larger sizes."""

import operator
from typing import Any

from grader.authoring import (
    booleans,
    derived,
    further,
    integers,
    lawful,
    lists_of,
    seeds,
    tensors,
)


@further("pad_collate_with_lengths", examples=10)
def pad_long_sequences(
    submission: Any, batch: Any = lists_of(tensors("~t D", sizes={"~t": (0, 40), "D": (1, 6)}), 6, 12)
) -> Any:
    return submission.pad_collate_with_lengths(batch, value=-7)


@further("bucket_batches", rng="off", examples=10)
def bucket_many(
    submission: Any,
    lengths: Any = lists_of(integers(1, 500), 150, 250),
    batch_size: Any = integers(7, 16),
    seed: Any = seeds(),
) -> Any:
    return lawful(submission.bucket_batches(lengths, batch_size, seed))


# What `further` gives is the pair of the exercise's name and the probe.
@bucket_many.law("the batches hold every index once and need no more padding than sorted ones")
def _(example: Any, observed: Any) -> Any:
    lengths, size = example.lengths, example.batch_size
    if sorted(index for batch in observed for index in batch) != list(range(len(lengths))):
        return "indices are missing, or come twice"
    rising = sorted(range(len(lengths)), key=lambda index: lengths[index])
    needed = max(
        _padded([order[start : start + size] for start in range(0, len(order), size)], lengths)
        for order in (rising, rising[::-1])
    )
    return _padded(observed, lengths) <= needed


def _padded(batches: Any, lengths: Any) -> int:
    return sum(len(batch) * max(lengths[index] for index in batch) for batch in batches)


@further("shard_indices", examples=20)
def shard_of_many(
    submission: Any,
    n: Any = integers(200, 400),
    world_size: Any = integers(8, 64),
    rank: Any = derived(lambda earlier: integers(0, earlier.world_size - 1)),
    drop_last: Any = booleans(),
) -> Any:
    return [operator.index(index) for index in submission.shard_indices(n, rank, world_size, drop_last)]
