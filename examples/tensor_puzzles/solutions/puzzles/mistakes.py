"""Typical wrong answers to the puzzles, each with what to say to the student."""

import torch

from grader.authoring import mistake


@mistake("puzzles.ones")
def numbers_instead_of_ones(n):
    """These are the numbers from 0 on: ask something about them that holds for each."""
    return torch.arange(n)


@mistake("puzzles.sum")
def without_a_dimension(a):
    """The sum is right, but its shape is (): it shall be (1,), as a row times a vector gives."""
    return torch.sum(a)


@mistake("puzzles.outer")
def turned_over(a, b):
    """Rows and columns are exchanged: row i belongs to a[i]."""
    return b[:, None] * a


@mistake("puzzles.diag")
def the_first_column(a):
    """This is the first column: row and column must both move."""
    return a[:, 0] if a.numel() else a.flatten()


@mistake("puzzles.eye")
def only_ones(n):
    """Ones everywhere: they belong where row and column have the same number."""
    return torch.ones(n, n, dtype=torch.int64)


@mistake("puzzles.triu")
def below_the_diagonal(n):
    """This triangle lies below the diagonal: ones belong where the column is not before the row."""
    return torch.ones(n, n, dtype=torch.int64).tril()


@mistake("puzzles.cumsum")
def from_the_end(a):
    """These sums begin at the end: entry k is the sum up to k."""
    return a.flip(0).cumsum(0).flip(0)


@mistake("puzzles.diff")
def around_the_ring(a):
    """Index -1 is the last entry, and it goes off the first one: that one must stay."""
    return a - a.roll(1)


@mistake("puzzles.vstack")
def as_columns(a, b):
    """These are the columns: each vector shall be a row."""
    return torch.stack([a, b], 1)


@mistake("puzzles.roll")
def to_the_right(a):
    """This goes to the right: the entry at 0 comes from 1."""
    return a.roll(1)


@mistake("puzzles.flip")
def as_it_was(a):
    """Nothing has moved: entry 0 is the last one of a."""
    return a + 0


@mistake("puzzles.compress")
def left_in_place(keep, a):
    """What is kept stays in its place: it shall stand together at the front."""
    return torch.where(keep, a, 0)


@mistake("puzzles.pad_to")
def padded_in_front(a, n):
    """The zeros come first: they belong after the entries."""
    return torch.nn.functional.pad(a, (n - a.shape[0], 0))


@mistake("puzzles.sequence_mask")
def one_too_many(x, length):
    """The entry at the length itself is kept: the last valid one is at length - 1."""
    return torch.where(torch.arange(x.shape[1]) <= length[:, None], x, 0)


@mistake("puzzles.bincount")
def whether_instead_of_how_often(a, n):
    """This tells whether a number occurs: add up the ones instead of comparing."""
    return torch.bincount(a, minlength=n).clamp(max=1)


@mistake("puzzles.scatter_add")
def the_last_one_wins(a, to, n):
    """Of several entries for one place only the last is there: they must be added."""
    return torch.zeros(n, dtype=a.dtype).index_put((to,), a)


@mistake("puzzles.flatten")
def column_by_column(a):
    """This goes down the columns: the column changes first."""
    return a.T.flatten()


@mistake("puzzles.linspace")
def never_reaching_b(a, b, n):
    """Between n numbers there are n - 1 steps, so the last one must be b."""
    return a + (b - a) * torch.arange(n) / n


@mistake("puzzles.heaviside")
def one_at_zero(a, b):
    """At zero the value comes from b."""
    return torch.where(a >= 0, 1, 0)


@mistake("puzzles.repeat")
def end_to_end(a, times):
    """The copies stand in one row: each shall be a row of its own."""
    return a.repeat(times)


@mistake("puzzles.bucketize")
def edges_belong_below(a, edges):
    """An entry on an edge belongs above it: >= and not >."""
    return torch.bucketize(a, edges)
