"""Typical wrong answers to the assignment loaders, each with what to say to the student."""

import random

import torch
from torch.nn.utils.rnn import pad_sequence
from torch.utils.data import Sampler

from grader.authoring import mistake


@mistake("loaders.transpose_collate")
def targets_stacked(batch):
    """You put the targets into one tensor: leave the items as they are and return the tuple of all y."""
    inputs, targets = zip(*batch)
    return inputs, torch.as_tensor(targets) if not isinstance(targets[0], dict) else targets


@mistake("loaders.transpose_collate")
def pairs_left_as_pairs(batch):
    """The batch still consists of pairs: the result has two members, all the x and all the y."""
    return tuple(tuple(pair) for pair in batch)


@mistake("loaders.transpose_collate")
def targets_first(batch):
    """The order is reversed: the inputs come first, then the targets."""
    inputs, targets = zip(*batch)
    return targets, inputs


@mistake("loaders.transpose_collate")
def iterator_returned(batch):
    """`zip` gives an iterator, which is empty after it was read once: make a tuple of it."""
    return zip(*batch)


@mistake("loaders.pad_collate")
def zeros_in_float(batch):
    """`torch.zeros` is float32 unless you say otherwise: X must keep the dtype of its items."""
    padded = torch.zeros(len(batch), max(len(item["X"]) for item in batch))
    for row, item in zip(padded, batch):
        row[: len(item["X"])] = item["X"]
    return {"X": padded, "y": torch.stack([item["y"] for item in batch])}


@mistake("loaders.pad_collate")
def padded_at_the_front(batch):
    """The zeros stand before the items: they belong after the end of each."""
    longest = max(len(item["X"]) for item in batch)
    padded = batch[0]["X"].new_zeros(len(batch), longest)
    for row, item in zip(padded, batch):
        row[longest - len(item["X"]) :] = item["X"]
    return {"X": padded, "y": torch.stack([item["y"] for item in batch])}


@mistake("loaders.pad_collate")
def time_before_batch(batch):
    """`pad_sequence` puts the batch into the second dimension unless you pass batch_first=True: X is (B, max_len)."""
    return {"X": pad_sequence([item["X"] for item in batch]), "y": torch.stack([item["y"] for item in batch])}


@mistake("loaders.pad_collate")
def batch_of_one_squeezed(batch):
    """A batch of one item is still a batch: X is (1, length) and y is (1,)."""
    padded = pad_sequence([item["X"] for item in batch], batch_first=True)
    return {"X": padded.squeeze(0), "y": torch.stack([item["y"] for item in batch])}


@mistake("loaders.pad_collate")
def cut_to_the_shortest(batch):
    """You cut every X to the shortest one: nothing may be lost, so fill the short ones up to the longest."""
    shortest = min(len(item["X"]) for item in batch)
    return {
        "X": torch.stack([item["X"][:shortest] for item in batch]),
        "y": torch.stack([item["y"] for item in batch]),
    }


@mistake("loaders.pad_collate")
def empty_items_dropped(batch):
    """Items whose X is empty are missing from your result: they become rows of zeros."""
    kept = [item for item in batch if len(item["X"])] or batch
    return {
        "X": pad_sequence([item["X"] for item in kept], batch_first=True),
        "y": torch.stack([item["y"] for item in kept]),
    }


def _padded(batch, value, dtype=None):
    steps = max(len(item) for item in batch)
    padded = torch.full((len(batch), steps, batch[0].shape[1]), value, dtype=dtype or batch[0].dtype)
    for row, item in zip(padded, batch):
        row[: len(item)] = item
    lengths = torch.tensor([len(item) for item in batch])
    return padded, lengths, torch.arange(steps) < lengths.unsqueeze(1)


@mistake("loaders.pad_collate_with_lengths")
def value_ignored(batch, value=0):
    """The padding is always 0: fill up with `value`."""
    return _padded(batch, 0)


@mistake("loaders.pad_collate_with_lengths")
def mask_of_the_padding(batch, value=0):
    """The mask is inverted: it must be True where a step is real."""
    padded, lengths, mask = _padded(batch, value)
    return padded, lengths, ~mask


@mistake("loaders.pad_collate_with_lengths")
def mask_from_the_values(batch, value=0):
    """You recognise the padding by its value, but a real step may hold the same value: make the mask from the
    lengths."""
    padded, lengths, _ = _padded(batch, value)
    return padded, lengths, (padded != value).any(-1)


@mistake("loaders.pad_collate_with_lengths")
def padded_in_float(batch, value=0):
    """The dtype of the items is lost: make the padded tensor with their dtype."""
    return _padded(batch, float(value), torch.float32)


@mistake("loaders.pad_collate_with_lengths")
def mask_as_numbers(batch, value=0):
    """The mask must be bool, not a tensor of zeros and ones."""
    padded, lengths, mask = _padded(batch, value)
    return padded, lengths, mask.long()


@mistake("loaders.pad_collate_with_lengths")
def lengths_as_a_list(batch, value=0):
    """The lengths must be an int64 tensor of shape (B,), not a list."""
    padded, lengths, mask = _padded(batch, value)
    return padded, lengths.tolist(), mask


@mistake("loaders.pad_collate_with_lengths")
def sorted_by_length(batch, value=0):
    """You sorted the batch by length: the items must stay in their order, because labels are matched by position."""
    return _padded(sorted(batch, key=len, reverse=True), value)


def _buckets(order, batch_size):
    return [order[start : start + batch_size] for start in range(0, len(order), batch_size)]


def _by_length(lengths):
    return sorted(range(len(lengths)), key=lambda index: lengths[index])


@mistake("loaders.bucket_batches")
def batches_not_shuffled(lengths, batch_size, seed):
    """The batches still rise in length: shuffle their order with a generator made from the seed."""
    return _buckets(_by_length(lengths), batch_size)


@mistake("loaders.bucket_batches")
def indices_shuffled(lengths, batch_size, seed):
    """You shuffled the indices instead of the batches, so long and short sequences share a batch: sort, cut, and
    only then shuffle."""
    order = _by_length(lengths)
    random.Random(seed).shuffle(order)
    return _buckets(order, batch_size)


@mistake("loaders.bucket_batches")
def order_without_the_seed(lengths, batch_size, seed):
    """The order does not come from the seed: two calls with the same seed differ. Use random.Random(seed)."""
    batches = _buckets(_by_length(lengths), batch_size)
    random.shuffle(batches)
    return batches


@mistake("loaders.bucket_batches")
def same_order_for_every_seed(lengths, batch_size, seed):
    """Every seed gives the same order: make the generator from the argument `seed`."""
    batches = _buckets(_by_length(lengths), batch_size)
    random.Random(0).shuffle(batches)
    return batches


@mistake("loaders.bucket_batches")
def short_batch_dropped(lengths, batch_size, seed):
    """The last batch, which is not full, is missing: every index must come exactly once."""
    batches = [batch for batch in _buckets(_by_length(lengths), batch_size) if len(batch) == batch_size]
    random.Random(seed).shuffle(batches)
    return batches


@mistake("loaders.bucket_batches")
def lengths_instead_of_indices(lengths, batch_size, seed):
    """The batches hold lengths: sort the indices by length, and return indices."""
    batches = _buckets(sorted(lengths), batch_size)
    random.Random(seed).shuffle(batches)
    return batches


@mistake("loaders.balanced_weights")
def absent_classes_counted(labels):
    """A class number without samples is counted as a class here, so the weights sum to less than 1: count only the
    classes that are present."""
    counts = torch.bincount(labels)
    return 1.0 / (len(counts) * counts[labels])


@mistake("loaders.balanced_weights")
def one_over_zero(labels):
    """A class without samples has count 0, and 1 / 0 is infinity: it spoils the sum that you divide by."""
    weights = 1.0 / torch.bincount(labels)
    return weights[labels] / (weights * torch.bincount(labels)).sum()


@mistake("loaders.balanced_weights")
def not_normalised(labels):
    """The classes are balanced, but the weights must also sum to 1: divide by their sum."""
    return 1.0 / torch.bincount(labels)[labels]


@mistake("loaders.balanced_weights")
def one_weight_for_each_class(labels):
    """You return one weight for each class: the sampler needs one for each sample."""
    _, counts = labels.unique(return_counts=True)
    return 1.0 / (len(counts) * counts)


@mistake("loaders.balanced_weights")
def frequent_classes_favoured(labels):
    """Frequent classes get larger weights here: a sample's weight is inverse to the count of its class."""
    weights = torch.bincount(labels)[labels].double()
    return weights / weights.sum()


@mistake("loaders.shard_indices")
def neighbours_for_each_rank(n, rank, world_size, drop_last=False):
    """Each rank gets a run of neighbours here: it must get every world_size-th index, beginning at its rank."""
    share = n // world_size if drop_last else -(-n // world_size)
    return [i % n for i in range(rank * share, (rank + 1) * share)]


@mistake("loaders.shard_indices")
def shares_of_different_size(n, rank, world_size, drop_last=False):
    """The shares differ in size when world_size does not divide n: then start again from index 0, or with drop_last
    cut."""
    return list(range(rank, n, world_size))


@mistake("loaders.shard_indices")
def last_index_repeated(n, rank, world_size, drop_last=False):
    """You fill up by repeating the last index: `DistributedSampler` starts again from index 0."""
    share = n // world_size if drop_last else -(-n // world_size)
    return [min(rank + step * world_size, n - 1) for step in range(share)]


@mistake("loaders.shard_indices")
def filled_up_only_once(n, rank, world_size, drop_last=False):
    """When n is smaller than world_size, one repetition of the indices is not enough: go on starting again."""
    share = n // world_size if drop_last else -(-n // world_size)
    indices = list(range(n)) + list(range(n))
    return indices[: share * world_size][rank::world_size]


@mistake("loaders.shard_indices")
def drop_last_ignored(n, rank, world_size, drop_last=False):
    """`drop_last` makes no difference here: with it, all ranks get n // world_size indices."""
    return [(rank + step * world_size) % n for step in range(-(-n // world_size))]


@mistake("loaders.WrappedLoader")
class ReadOnce:
    """The iterator is made once, in __init__, so the second epoch is empty: make it in __iter__."""

    def __init__(self, loader, func):
        self.length = len(loader)
        self.results = (func(*batch) for batch in loader)

    def __len__(self):
        return self.length

    def __iter__(self):
        return self.results


@mistake("loaders.WrappedLoader")
class BatchAsOneArgument:
    """func gets the whole batch as one argument: write func(*batch)."""

    def __init__(self, loader, func):
        self.loader, self.func = loader, func

    def __len__(self):
        return len(self.loader)

    def __iter__(self):
        for batch in self.loader:
            yield self.func(batch)


@mistake("loaders.WrappedLoader")
class ReadInAdvance:
    """All batches are read in __init__ and repeated: a loader that shuffles would give the same batches in every
    epoch."""

    def __init__(self, loader, func):
        self.results = [func(*batch) for batch in loader]

    def __len__(self):
        return len(self.results)

    def __iter__(self):
        return iter(self.results)


@mistake("loaders.WrappedLoader")
class WithoutLength:
    """`len` of the wrapped loader raises: define __len__ as the length of the loader inside."""

    def __init__(self, loader, func):
        self.loader, self.func = loader, func

    def __iter__(self):
        for batch in self.loader:
            yield self.func(*batch)


@mistake("loaders.WrappedLoader")
class FuncForgotten:
    """The batches come through unchanged: yield func(*batch)."""

    def __init__(self, loader, func):
        self.loader, self.func = loader, func

    def __len__(self):
        return len(self.loader)

    def __iter__(self):
        return iter(self.loader)


class _Shuffled(Sampler):
    def __init__(self, indices, seed):
        self.indices, self.seed, self.epoch = list(indices), seed, 0

    def __len__(self):
        return len(self.indices)

    def set_epoch(self, epoch):
        self.epoch = epoch

    def __iter__(self):
        order = torch.randperm(len(self), generator=torch.Generator().manual_seed(self.seed + self.epoch)).tolist()
        self.epoch += 1
        return iter([self.indices[i] for i in order])


@mistake("loaders.SubsetSampler")
class ShuffledOnce(_Shuffled):
    """Every epoch has the same order: the epoch must enter the seed, and each pass must count it up."""

    def __iter__(self):
        order = torch.randperm(len(self), generator=torch.Generator().manual_seed(self.seed)).tolist()
        return iter([self.indices[i] for i in order])


@mistake("loaders.SubsetSampler")
class GeneratorThatRunsOn(_Shuffled):
    """The generator simply runs on, so set_epoch cannot bring back the order of an epoch: make a new generator from
    seed and epoch in each pass."""

    def __init__(self, indices, seed):
        super().__init__(indices, seed)
        self.generator = torch.Generator().manual_seed(seed)

    def __iter__(self):
        return iter([self.indices[i] for i in torch.randperm(len(self), generator=self.generator).tolist()])


@mistake("loaders.SubsetSampler")
class EpochNeverCounted(_Shuffled):
    """The order changes only when set_epoch is called: each pass must move on to the next epoch by itself."""

    def __iter__(self):
        order = torch.randperm(len(self), generator=torch.Generator().manual_seed(self.seed + self.epoch)).tolist()
        return iter([self.indices[i] for i in order])


@mistake("loaders.SubsetSampler")
class PositionsInsteadOfIndices(_Shuffled):
    """You yield positions 0..n-1: yield the indices that stand at these positions."""

    def __iter__(self):
        generator = torch.Generator().manual_seed(self.seed + self.epoch)
        self.epoch += 1
        return iter(torch.randperm(len(self), generator=generator).tolist())


@mistake("loaders.SubsetSampler")
class ShuffledFurther(_Shuffled):
    """Each pass shuffles the list that the pass before left, so an epoch's order depends on the past: shuffle a
    fresh copy of the indices."""

    def __iter__(self):
        random.Random(self.seed + self.epoch).shuffle(self.indices)
        self.epoch += 1
        return iter(list(self.indices))


@mistake("loaders.SubsetSampler")
class SeedIgnored(_Shuffled):
    """The order follows from the epoch alone: the seed must enter it too."""

    def __iter__(self):
        order = torch.randperm(len(self), generator=torch.Generator().manual_seed(self.epoch)).tolist()
        self.epoch += 1
        return iter([self.indices[i] for i in order])


@mistake("loaders.SubsetSampler")
class NoSampler:
    """It works, but it must be a `torch.utils.data.Sampler`: derive the class from it."""

    def __init__(self, indices, seed):
        self.indices, self.seed, self.epoch = list(indices), seed, 0

    def __len__(self):
        return len(self.indices)

    def set_epoch(self, epoch):
        self.epoch = epoch

    def __iter__(self):
        order = list(self.indices)
        random.Random(f"{self.seed}/{self.epoch}").shuffle(order)
        self.epoch += 1
        return iter(order)
