# Write your answers here and run `grader check puzzles`; puzzles.ipynb holds the same tasks with explanations.

from torch import arange, where


def ones(n):
    """n ones, as integers."""
    raise NotImplementedError


def sum(a):
    """The sum of a vector, of shape (1,)."""
    raise NotImplementedError


def outer(a, b):
    """Every product a[i] * b[j], of shape (i, j)."""
    raise NotImplementedError


def diag(a):
    """The main diagonal of a square matrix."""
    raise NotImplementedError


def eye(n):
    """The identity matrix of shape (n, n), as integers."""
    raise NotImplementedError


def triu(n):
    """Ones on and above the diagonal of shape (n, n), zeros below."""
    raise NotImplementedError


def cumsum(a):
    """The running sums of a vector."""
    raise NotImplementedError


def diff(a):
    """What each entry adds to the one before it; the first stays."""
    raise NotImplementedError


def vstack(a, b):
    """Two vectors of the same length as the rows of a matrix (2, n)."""
    raise NotImplementedError


def roll(a):
    """Every entry one place to the left; the first becomes the last."""
    raise NotImplementedError


def flip(a):
    """The vector from its end to its beginning."""
    raise NotImplementedError


def compress(keep, a):
    """The entries where keep is true, moved to the front; zeros fill the rest."""
    raise NotImplementedError


def pad_to(a, n):
    """The first n entries, with zeros after them where a is shorter."""
    raise NotImplementedError


def sequence_mask(x, length):
    """x of shape (b, t) with zeros from length[k] on in row k."""
    raise NotImplementedError


def bincount(a, n):
    """How often each of 0, ..., n - 1 occurs in a."""
    raise NotImplementedError


def scatter_add(a, to, n):
    """n sums: entry a[k] is added to number to[k]."""
    raise NotImplementedError


def flatten(a):
    """The rows of a matrix one after the other, as one vector."""
    raise NotImplementedError


def linspace(a, b, n):
    """n evenly spaced numbers from a to b, both included; only a for n = 1."""
    raise NotImplementedError


def heaviside(a, b):
    """0 below zero, 1 above it, and the entry of b at zero."""
    raise NotImplementedError


def repeat(a, times):
    """The vector as each of so many rows."""
    raise NotImplementedError


def bucketize(a, edges):
    """For each entry, how many of the rising edges are not above it."""
    raise NotImplementedError
