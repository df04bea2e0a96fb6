"""Checks of the assignment loaders: collate functions, batches by length, weights, shards and samplers."""

import operator
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from grader.authoring import (
    booleans,
    choices,
    derived,
    exercise,
    floats,
    index_tensor,
    integers,
    just,
    lawful,
    lists_of,
    records,
    seeds,
    tensors,
    text_words,
    tuples_of,
)

_SEEDS = choices(0, 0, 0, 1, 2, 3, 7, 10, 42, 99, 2024, 2**31 - 2)

# transpose_collate ------------------------------------------------------------------------------------------------


@exercise(
    points=1,
    hints=[
        "zip(*batch) walks over all the first members, then over all the second ones.",
        "zip gives an iterator, which can be read only once: return tuples.",
    ],
)
def transpose_collate(
    submission: Any, batch: Any = lists_of(tuples_of(tensors("~h ~w", dtype="any"), integers(0, 9)), 1, 5)
) -> Any:
    return submission.transpose_collate(batch)


@transpose_collate.also()
def collate_tensors_of_one_shape(
    submission: Any,
    batch: Any = lists_of(tuples_of(tensors("h w", dtype="number"), tensors("", dtype="int64")), 1, 5),
) -> Any:
    return submission.transpose_collate(tuple(batch))


@transpose_collate.also(examples=30)
def collate_words_and_dicts(
    submission: Any,
    batch: Any = lists_of(tuples_of(text_words(), records(boxes=tensors("~n 4"), difficult=booleans())), 1, 4),
) -> Any:
    return submission.transpose_collate(batch)


# Padding ----------------------------------------------------------------------------------------------------------


@exercise(
    points=2,
    hints=[
        "How long is the longest X? That is the second size of the result.",
        "`batch[0]['X'].new_zeros(...)` makes zeros of the right dtype and on the right device.",
        "The y's are tensors already: stack them, and they keep their dtype.",
    ],
    device="off",  # batches are put together on the CPU, and moved after that
)
def pad_collate(
    submission: Any,
    batch: Any = lists_of(records(X=tensors("~t", dtype="number"), y=tensors("", dtype="any")), 1, 5),
) -> Any:
    return submission.pad_collate(batch)


@pad_collate.also(examples=30, device="off")
def pad_collate_in_a_loader(
    submission: Any,
    items: Any = lists_of(records(X=tensors("~t", dtype="number"), y=tensors("", dtype="int64")), 1, 7),
    batch_size: Any = integers(1, 3),
) -> Any:
    from torch.utils.data import DataLoader

    return list(DataLoader(items, batch_size=batch_size, collate_fn=submission.pad_collate))


@exercise(
    points=2,
    bans=["torch.nn.utils.rnn.pad_sequence"],
    hints=[
        "Begin with the lengths; T is the greatest of them.",
        "`batch[0].new_full((B, T, D), value)` keeps the dtype; then copy each item to the beginning of its row.",
        "torch.arange(T) < lengths.unsqueeze(1) is the whole mask.",
    ],
    device="off",  # batches are put together on the CPU, and moved after that
)
def pad_collate_with_lengths(submission: Any, batch: Any = lists_of(tensors("~t D", dtype="number"), 1, 5)) -> Any:
    return submission.pad_collate_with_lengths(batch)


def _fill_value(earlier: Any) -> Any:
    if earlier.batch[0].dtype.kind == "f":
        return choices(-1, 0.5, 0.1, -100.0, 7)
    return choices(-1, 7, -100)


@pad_collate_with_lengths.also(rtol=0.0, atol=0.0, device="off")  # copies and one constant: nothing is rounded
def pad_with_a_value(
    submission: Any,
    batch: Any = lists_of(tensors("~t D", dtype="number"), 1, 5),
    value: Any = derived(_fill_value),
    by_name: Any = booleans(),
) -> Any:
    if by_name:
        return submission.pad_collate_with_lengths(batch, value=value)
    return submission.pad_collate_with_lengths(batch, value)


# bucket_batches ---------------------------------------------------------------------------------------------------


def _is_batches(result: Any) -> bool:
    return isinstance(result, list | tuple) and all(
        isinstance(batch, list | tuple) and all(type(index) is int for index in batch) for batch in result
    )


def _padding(batches: Sequence[Sequence[int]], lengths: Sequence[int]) -> int:
    """Return how many places are filled up when each batch is as long as its longest member."""
    return sum(
        max(lengths[index] for index in batch) * len(batch) - sum(lengths[index] for index in batch)
        for batch in batches
        if batch
    )


def _padding_when_sorted(lengths: Sequence[int], batch_size: int) -> int:
    """Return the padding of batches cut from the sorted lengths: rising or falling, whichever needs more."""
    rising = sorted(range(len(lengths)), key=lambda index: lengths[index])
    return max(
        _padding([order[start : start + batch_size] for start in range(0, len(order), batch_size)], lengths)
        for order in (rising, rising[::-1])
    )


@exercise(
    points=3,
    rng="off",
    hints=[
        "Sort the indices, not the lengths: sorted(range(n), key=...).",
        "Cut the sorted indices into pieces of batch_size; the last piece may be shorter.",
        "Shuffle the list of pieces with a generator made from the seed, such as random.Random(seed).",
    ],
)
def bucket_batches(
    submission: Any,
    lengths: Any = lists_of(integers(0, 20), 0, 14),
    batch_size: Any = integers(1, 5),
    seed: Any = seeds(),
) -> Any:
    return lawful(submission.bucket_batches(lengths, batch_size, seed))


@bucket_batches.law("the result is a list of lists of int")
def _(example: Any, observed: Any) -> Any:
    return _is_batches(observed)


@bucket_batches.law("every index comes exactly once")
def _(example: Any, observed: Any) -> Any:
    found = sorted(index for batch in observed for index in batch)
    return found == list(range(len(example.lengths))) or f"the batches hold {found} for {len(example.lengths)} lengths"


@bucket_batches.law("all batches have batch_size indices, except for at most one shorter one")
def _(example: Any, observed: Any) -> Any:
    sizes = [len(batch) for batch in observed]
    short = [size for size in sizes if size < example.batch_size]
    empty = 0 in sizes and len(example.lengths) > 0
    too_long = max(sizes, default=0) > example.batch_size
    return not (len(short) > 1 or empty or too_long) or f"batch_size is {example.batch_size}, the sizes are {sizes}"


@bucket_batches.law("batches hold neighbours in length: no more padding than sorting by length needs")
def _(example: Any, observed: Any) -> Any:
    needed = _padding_when_sorted(example.lengths, example.batch_size)
    padding = _padding(observed, example.lengths)
    return padding <= needed or f"these batches need {padding} padded places, sorted ones {needed}"


@bucket_batches.also(rng="off", examples=25)
def order_of_batches(
    submission: Any,
    count: Any = integers(40, 60),
    lengths: Any = derived(lambda earlier: just([(37 * i) % 61 for i in range(earlier.count)])),
    batch_size: Any = integers(1, 3),
    seed: Any = _SEEDS,
) -> Any:
    return lawful(
        {
            "first": submission.bucket_batches(list(lengths), batch_size, seed),
            "other seed": submission.bucket_batches(list(lengths), batch_size, seed + 1),
            "again": submission.bucket_batches(list(lengths), batch_size, seed),
        }
    )


# All lengths differ and there are 14 batches or more: a right answer breaks one of these laws by chance
# with a probability below 3 / 14!, less than one in ten thousand million.


@order_of_batches.law("the same seed gives the same batches in the same order")
def _(example: Any, observed: Any) -> Any:
    return observed["first"] == observed["again"]


@order_of_batches.law("the order of the batches is shuffled, neither rising nor falling in length")
def _(example: Any, observed: Any) -> Any:
    longest = [max(example.lengths[index] for index in batch) for batch in observed["first"]]
    return longest not in (sorted(longest), sorted(longest, reverse=True))


@order_of_batches.law("another seed gives another order of the batches")
def _(example: Any, observed: Any) -> Any:
    first, other = ([sorted(batch) for batch in observed[key]] for key in ("first", "other seed"))
    return first != other


# balanced_weights -------------------------------------------------------------------------------------------------


@exercise(
    points=2,
    hints=[
        "A sample's weight is 1 / (number of classes present * number of samples of its class).",
        "labels.unique(return_inverse=True, return_counts=True) counts only the classes that are there.",
        "With bincount, a class without samples has count 0: do not let 1 / 0 into a sum.",
    ],
    device="off",  # weights are for a sampler, which draws on the CPU
)
def balanced_weights(
    submission: Any,
    classes: Any = choices(1, 2, 3, 6, 40),
    labels: Any = index_tensor("N", lambda earlier: earlier.classes, sizes={"N": (1, 12)}),
) -> Any:
    return lawful(submission.balanced_weights(labels))


@balanced_weights.law("the weights are 1-d and floating, with one entry for each sample")
def _(example: Any, observed: Any) -> Any:
    import torch

    plain = isinstance(observed, list | tuple) and all(isinstance(weight, float) for weight in observed)
    if not plain and not hasattr(observed, "dtype"):
        return f"got {type(observed).__name__}"
    weights = torch.as_tensor(observed)
    right = weights.is_floating_point() and weights.shape == example.labels.shape
    return right or f"got {weights.dtype} of shape {tuple(weights.shape)} for {len(example.labels)} labels"


@balanced_weights.law("the weights sum to 1 and none is 0 or negative")
def _(example: Any, observed: Any) -> Any:
    import torch

    weights = torch.as_tensor(observed).double()
    if not bool((weights > 0).all()):
        return f"the weights are {weights.tolist()}"
    total = float(weights.sum())
    return abs(total - 1) < _slack(observed) or f"the sum is {total:.6g}"


@balanced_weights.law("every class that is present has the same total weight")
def _(example: Any, observed: Any) -> Any:
    import torch

    weights = torch.as_tensor(observed).double()
    present = example.labels.unique().tolist()
    totals = {label: float(weights[example.labels == label].sum()) for label in present}
    even = all(abs(total - 1 / len(present)) < _slack(observed) for total in totals.values())
    shown = ", ".join(f"{label}: {total:.4g}" for label, total in totals.items())
    return even or f"each of {len(present)} classes should have {1 / len(present):.4g}; the totals are {shown}"


def _slack(weights: Any) -> float:
    if isinstance(weights, list | tuple):
        return 1e-5
    return 1e-5 if "32" in str(weights.dtype) or "64" in str(weights.dtype) else 2e-2


# shard_indices ----------------------------------------------------------------------------------------------------


def _plain(indices: Any) -> list[int]:
    return [operator.index(index) for index in indices]


def _listed(indices: Any) -> list[int]:
    len(indices)  # a generator has no length: a sampler or a loader could read it only once
    return _plain(indices)


@exercise(
    points=2,
    hints=[
        "Rank r gets the indices r, r + world_size, r + 2 * world_size, ...",
        "All ranks get equally many: n / world_size, rounded up (or down with drop_last).",
        "When the indices run out, they start again from 0, more than once if n is smaller than world_size.",
    ],
)
def shard_indices(
    submission: Any,
    n: Any = integers(0, 20),
    world_size: Any = integers(1, 7),
    rank: Any = derived(lambda earlier: integers(0, earlier.world_size - 1)),
) -> Any:
    return _listed(submission.shard_indices(n, rank, world_size))


@shard_indices.also()
def shard_with_drop_last(
    submission: Any,
    n: Any = integers(0, 20),
    world_size: Any = integers(1, 7),
    rank: Any = derived(lambda earlier: integers(0, earlier.world_size - 1)),
    drop_last: Any = choices(True, True, False),
    by_name: Any = booleans(),
) -> Any:
    if by_name:
        return _listed(submission.shard_indices(n, rank, world_size, drop_last=drop_last))
    return _listed(submission.shard_indices(n, rank, world_size, drop_last))


@shard_indices.also(examples=40)
def shard_of_few(
    submission: Any,
    n: Any = integers(1, 3),
    world_size: Any = integers(4, 10),
    rank: Any = derived(lambda earlier: integers(0, earlier.world_size - 1)),
    drop_last: Any = booleans(),
) -> Any:
    return _listed(submission.shard_indices(n, rank, world_size, drop_last))


# WrappedLoader ----------------------------------------------------------------------------------------------------


class _Epochs:
    """A loader whose batches are different in each pass, as a shuffling one's are."""

    def __init__(self, batches: int) -> None:
        self.batches = batches
        self.passes = 0

    def __len__(self) -> int:
        return self.batches

    def __iter__(self) -> Iterator[tuple[int, int]]:
        self.passes += 1
        return iter([(self.passes, number) for number in range(self.batches)])


def _arguments(*batch: Any) -> dict[str, Any]:
    return {"arguments": list(batch)}


@exercise(
    points=1,
    hints=[
        "Keep the loader and the function; do nothing else in __init__.",
        "A generator in __iter__ begins anew each time: for batch in self.loader: yield ...",
        "func takes the members of the batch, not the batch: a star is missing.",
    ],
)
def WrappedLoader(submission: Any, batches: Any = lists_of(lists_of(integers(0, 9), 1, 3), 0, 4)) -> Any:
    loader = submission.WrappedLoader([tuple(batch) for batch in batches], _arguments)
    return {"length": len(loader), "first pass": list(loader), "second pass": list(loader), "length after": len(loader)}


@WrappedLoader.also()
def around_a_data_loader(
    submission: Any,
    x: Any = tensors("n d", dtype="number", sizes={"n": (1, 7), "d": (0, 3)}, gradient=False),
    y: Any = tensors("n", dtype="int64"),
    batch_size: Any = integers(1, 4),
    scale: Any = integers(-3, 3),
) -> Any:
    from torch.utils.data import DataLoader, TensorDataset

    def func(inputs: Any, targets: Any) -> Any:
        return inputs * scale, targets

    loader = submission.WrappedLoader(DataLoader(TensorDataset(x, y), batch_size=batch_size), func)
    return {"length": len(loader), "passes": [list(loader) for _ in range(3)]}


@WrappedLoader.also(examples=20)
def fresh_batches_each_pass(submission: Any, batches: Any = integers(1, 5), func: Any = choices("sum", "None")) -> Any:
    functions: dict[str, Callable[[int, int], Any]] = {"sum": lambda a, b: 10 * a + b, "None": lambda a, b: None}
    loader = submission.WrappedLoader(_Epochs(batches), functions[func])
    first = list(loader)
    for _ in loader:
        break
    return {"first pass": first, "after a pass cut short": list(loader), "next pass": list(loader)}


# SubsetSampler ----------------------------------------------------------------------------------------------------

_INDICES = derived(lambda earlier: just([(7 * i + 3) % 23 for i in range(earlier.count)]))


@exercise(
    points=3,
    rng="off",
    explicit=[{"count": 5, "indices": [8, 2, 8, 8, 0], "seed": 1}],  # an index that is to come three times
    hints=[
        "Keep the indices, the seed and the number of the next epoch.",
        "In __iter__, make a generator from seed and epoch, shuffle a copy of the indices, count up the epoch.",
        "set_epoch only sets the number of the next epoch.",
    ],
)
def SubsetSampler(submission: Any, count: Any = integers(0, 6), indices: Any = _INDICES, seed: Any = seeds()) -> Any:
    from torch.utils.data import Sampler

    sampler = submission.SubsetSampler(indices, seed)
    passes = [_plain(sampler) for _ in range(3)]
    sampler.set_epoch(5)
    passes.append(_plain(sampler))
    length = len(sampler) if hasattr(sampler, "__len__") else None
    return lawful({"is a Sampler": isinstance(sampler, Sampler), "length": length, "passes": passes})


@SubsetSampler.law("it is a torch.utils.data.Sampler")
def _(example: Any, observed: Any) -> Any:
    return observed["is a Sampler"]


@SubsetSampler.law("its length, if it has one, is the number of indices")
def _(example: Any, observed: Any) -> Any:
    return observed["length"] in (None, len(example.indices)) or f"the length is {observed['length']}"


@SubsetSampler.law("every pass yields each of the indices exactly once")
def _(example: Any, observed: Any) -> Any:
    wrong = [order for order in observed["passes"] if sorted(order) != sorted(example.indices)]
    return not wrong or f"one pass yields {wrong[0]}"


@SubsetSampler.also(rng="off", examples=25)
def order_of_epochs(submission: Any, count: Any = integers(16, 22), indices: Any = _INDICES, seed: Any = _SEEDS) -> Any:
    def fresh(used: int = seed) -> Any:
        return submission.SubsetSampler(list(indices), used)

    def at(sampler: Any, epoch: int, passes: int) -> list[list[int]]:
        sampler.set_epoch(epoch)
        return [_plain(sampler) for _ in range(passes)]

    plain, same, other, moved = fresh(), fresh(), fresh(seed + 1), fresh()
    return lawful(
        {
            "passes": [_plain(plain) for _ in range(4)],
            "same seed": [_plain(same) for _ in range(4)],
            "other seed": [_plain(other) for _ in range(4)],
            "from 0": at(moved, 0, 5),
            "from 2": at(moved, 2, 3),
            "from 2 again": at(moved, 2, 1),
            "from 3, fresh": at(fresh(), 3, 2),
            "from 100": at(moved, 100, 1),
            "from 100, fresh": at(fresh(), 100, 1),
        }
    )


# There are 16 indices or more: a right answer breaks one of these laws by chance with a probability below
# 20 / 16!, less than one in a thousand million.


@order_of_epochs.law("the same indices and seed give the same orders, epoch by epoch")
def _(example: Any, observed: Any) -> Any:
    return observed["passes"] == observed["same seed"]


@order_of_epochs.law("every epoch has another order")
def _(example: Any, observed: Any) -> Any:
    return len({tuple(order) for order in observed["passes"]}) == len(observed["passes"])


@order_of_epochs.law("another seed gives other orders")
def _(example: Any, observed: Any) -> Any:
    pairs = zip(observed["passes"], observed["other seed"], strict=True)
    return all(order != other for order, other in pairs)


@order_of_epochs.law("set_epoch(e) makes the next pass that of epoch e, whatever was passed before")
def _(example: Any, observed: Any) -> Any:
    from_zero, from_two = observed["from 0"], observed["from 2"]
    return (
        from_two[0] == observed["from 2 again"][0]
        and observed["from 3, fresh"][0] == from_two[1]
        and observed["from 100"] == observed["from 100, fresh"]
        and from_two[0] == from_zero[2]
    )


@order_of_epochs.law("each pass moves on to the next epoch")
def _(example: Any, observed: Any) -> Any:
    from_zero = observed["from 0"]
    # Epochs counted from 1 are as good as epochs counted from 0.
    begins_right = observed["passes"] in (from_zero[:4], from_zero[1:])
    return begins_right and observed["from 2"] == from_zero[2:5] and observed["from 3, fresh"] == from_zero[3:5]
