# %% [markdown] lang="en"
# # Twenty-one puzzles
#
# Every puzzle is a function that you know from numpy or torch. Write it again **in one line**, with nothing but
# `arange`, `where`, arithmetic, comparisons, `@`, indexing, `shape`, and your answers to the puzzles before
# it. No loops.
# All tensors are of whole numbers unless it says otherwise.
# %%
from torch import arange, where

# %% [markdown] lang="en"
# ## `ones(n)`
# `arange` and `where` are all you need: ask something that is true everywhere.


# %% exercise="ones"
def ones(n):
    """n ones, as integers."""
    return where(arange(n) < n, 1, 0)


# %% [markdown] lang="en"
# ## `sum(a)`
# Adding up is a product with ones. The result keeps one dimension, of size 1.


# %% exercise="sum"
def sum(a):
    """The sum of a vector, of shape (1,)."""
    return ones(a.shape[0])[None] @ a


# %% [markdown] lang="en"
# ## `outer(a, b)`
# Two vectors of different lengths make a table of products. Broadcasting does the work.


# %% exercise="outer"
def outer(a, b):
    """Every product a[i] * b[j], of shape (i, j)."""
    return a[:, None] * b


# %% [markdown] lang="en"
# ## `diag(a)`
# Walk down a square matrix from corner to corner.


# %% exercise="diag"
def diag(a):
    """The main diagonal of a square matrix."""
    return a[arange(a.shape[0]), arange(a.shape[0])]


# %% [markdown] lang="en"
# ## `eye(n)`
# The matrix that leaves every vector as it is.


# %% exercise="eye"
def eye(n):
    """The identity matrix of shape (n, n), as integers."""
    return where(arange(n)[:, None] == arange(n), 1, 0)


# %% [markdown] lang="en"
# ## `triu(n)`
# A triangle of ones, with its right angle at the top right.


# %% exercise="triu"
def triu(n):
    """Ones on and above the diagonal of shape (n, n), zeros below."""
    return where(arange(n)[:, None] <= arange(n), 1, 0)


# %% [markdown] lang="en"
# ## `cumsum(a)`
# Entry k is the sum of everything up to k, and of k itself.


# %% exercise="cumsum"
def cumsum(a):
    """The running sums of a vector."""
    return a @ triu(a.shape[0])


# %% [markdown] lang="en"
# ## `diff(a)`
# The way back from running sums: `diff(cumsum(a))` is `a`.


# %% exercise="diff"
def diff(a):
    """What each entry adds to the one before it; the first stays."""
    return a - where(arange(a.shape[0]) > 0, a[arange(a.shape[0]) - 1], 0)


# %% [markdown] lang="en"
# ## `vstack(a, b)`
# Put one vector on top of the other.


# %% exercise="vstack"
def vstack(a, b):
    """Two vectors of the same length as the rows of a matrix (2, n)."""
    return where(arange(2)[:, None] == 0, a, b)


# %% [markdown] lang="en"
# ## `roll(a)`
# Turn a ring of numbers by one place. There is at least one number.


# %% exercise="roll"
def roll(a):
    """Every entry one place to the left; the first becomes the last."""
    return a[(arange(a.shape[0]) + 1) % a.shape[0]]


# %% [markdown] lang="en"
# ## `flip(a)`
# Read a vector backwards.


# %% exercise="flip"
def flip(a):
    """The vector from its end to its beginning."""
    return a[a.shape[0] - 1 - arange(a.shape[0])]


# %% [markdown] lang="en"
# ## `compress(keep, a)`
# The result is as long as `a`: what is kept stands together at the front, in its order, and zeros follow.


# %% exercise="compress"
def compress(keep, a):
    """The entries where keep is true, moved to the front; zeros fill the rest."""
    return a @ where(keep[:, None] & (cumsum(keep * 1)[:, None] - 1 == arange(a.shape[0])), 1, 0)


# %% [markdown] lang="en"
# ## `pad_to(a, n)`
# Bring a vector to a wanted length: cut what is too long, fill what is too short.


# %% exercise="pad_to"
def pad_to(a, n):
    """The first n entries, with zeros after them where a is shorter."""
    return a @ where(arange(a.shape[0])[:, None] == arange(n), 1, 0)


# %% [markdown] lang="en"
# ## `sequence_mask(x, length)`
# Each row of a batch is valid up to a length of its own; what comes after it must not count.


# %% exercise="sequence_mask"
def sequence_mask(x, length):
    """x of shape (b, t) with zeros from length[k] on in row k."""
    return where(arange(x.shape[1]) < length[:, None], x, 0)


# %% [markdown] lang="en"
# ## `bincount(a, n)`
# A histogram of small whole numbers.


# %% exercise="bincount"
def bincount(a, n):
    """How often each of 0, ..., n - 1 occurs in a."""
    return ones(a.shape[0]) @ eye(n)[a]


# %% [markdown] lang="en"
# ## `scatter_add(a, to, n)`
# Like a histogram, but each number brings a weight.


# %% exercise="scatter_add"
def scatter_add(a, to, n):
    """n sums: entry a[k] is added to number to[k]."""
    return a @ eye(n)[to]


# %% [markdown] lang="en"
# ## `flatten(a)`
# Neither `reshape` nor `view`: find the row and the column of each entry. No size is 0.


# %% exercise="flatten"
def flatten(a):
    """The rows of a matrix one after the other, as one vector."""
    return a[arange(a.shape[0] * a.shape[1]) // a.shape[1], arange(a.shape[0] * a.shape[1]) % a.shape[1]]


# %% [markdown] lang="en"
# ## `linspace(a, b, n)`
# Numbers at equal distances. `a` and `b` are whole, the result is of floats.


# %% exercise="linspace"
def linspace(a, b, n):
    """n evenly spaced numbers from a to b, both included; only a for n = 1."""
    return a + (b - a) * arange(n) / max(1, n - 1)


# %% [markdown] lang="en"
# ## `heaviside(a, b)`
# A step, with a value of your choice on the edge.


# %% exercise="heaviside"
def heaviside(a, b):
    """0 below zero, 1 above it, and the entry of b at zero."""
    return where(a == 0, b, where(a > 0, 1, 0))


# %% [markdown] lang="en"
# ## `repeat(a, times)`
# Copy a vector below itself, as often as asked.


# %% exercise="repeat"
def repeat(a, times):
    """The vector as each of so many rows."""
    return ones(times)[:, None] * a


# %% [markdown] lang="en"
# ## `bucketize(a, edges)`
# Edges cut the numbers into buckets, numbered from 0. An entry on an edge belongs above it.


# %% exercise="bucketize"
def bucketize(a, edges):
    """For each entry, how many of the rising edges are not above it."""
    return where(a[:, None] >= edges, 1, 0) @ ones(edges.shape[0])
