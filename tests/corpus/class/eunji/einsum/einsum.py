# Write your answers here and run `grader check einsum`; einsum.ipynb holds the same tasks with explanations.

import torch
from torch import Tensor


def transpose(x: Tensor) -> Tensor:
    """Transpose x of shape (r, c) to (c, r), any dtype."""
    raise NotImplementedError


def diagonal(x: Tensor) -> Tensor:
    """Return the main diagonal, of shape (n,), of a square matrix x (n, n)."""
    raise NotImplementedError


def trace(x: Tensor) -> Tensor:
    """Return the sum of the main diagonal of a square matrix x (n, n), as a 0-d tensor."""
    raise NotImplementedError


def total(x: Tensor) -> Tensor:
    """Return the sum of all entries of x (r, c), as a 0-d tensor."""
    raise NotImplementedError


def row_sums(x: Tensor) -> Tensor:
    """Return the sum of each row of x (r, c), of shape (r,)."""
    raise NotImplementedError


def column_sums(x: Tensor) -> Tensor:
    """Return the sum of each column of x (r, c), of shape (c,)."""
    raise NotImplementedError


def dot(a: Tensor, b: Tensor) -> Tensor:
    """Return the dot product of two vectors a (n,) and b (n,), as a 0-d tensor."""
    raise NotImplementedError


def hadamard(a: Tensor, b: Tensor) -> Tensor:
    """Return the elementwise product, of shape (r, c), of two matrices a and b, both (r, c)."""
    raise NotImplementedError


def outer(a: Tensor, b: Tensor) -> Tensor:
    """Return the outer product, of shape (n, m), of two vectors a (n,) and b (m,)."""
    raise NotImplementedError


def inner(a: Tensor, b: Tensor) -> Tensor:
    """Return the sum of the elementwise products of two matrices a and b, both (r, c), as a 0-d tensor."""
    raise NotImplementedError


def matvec(m: Tensor, v: Tensor) -> Tensor:
    """Return the product, of shape (r,), of a matrix m (r, c) and a vector v (c,)."""
    raise NotImplementedError


def matmul(a: Tensor, b: Tensor) -> Tensor:
    """Return the matrix product, of shape (i, j), of a (i, k) and b (k, j)."""
    raise NotImplementedError


def batched_matmul(a: Tensor, b: Tensor) -> Tensor:
    """Return the matrix products, of shape (B, i, j), of a (B, i, k) and b (B, k, j)."""
    raise NotImplementedError


def gram(x: Tensor) -> Tensor:
    """Return x times its transpose, of shape (r, r), for x (r, c): entry (i, j) is the dot product of rows i and j."""
    raise NotImplementedError


def bilinear(x: Tensor, w: Tensor, y: Tensor) -> Tensor:
    """Return the bilinear form, of shape (B, o), of x (B, i), w (o, i, j) and y (B, j)."""
    raise NotImplementedError


def attention_scores(q: Tensor, k: Tensor) -> Tensor:
    """Return the unscaled scores, of shape (B, H, Tq, Tk), of queries q (B, H, Tq, D) and keys k (B, H, Tk, D)."""
    raise NotImplementedError


def weighted_average(p: Tensor, v: Tensor) -> Tensor:
    """Return the values v (B, H, Tk, D) weighted by p (B, H, Tq, Tk), heads side by side: (B, Tq, H * D)."""
    raise NotImplementedError
