"""Right answers to the assignment einsum in other styles than the reference's: all of them must pass."""

import torch
from torch import Tensor

from grader.authoring import alternative


@alternative("einsum.transpose")
def implicitly(x: Tensor) -> Tensor:
    return torch.einsum("ba", x)


@alternative("einsum.transpose")
def by_numbers(x: Tensor) -> Tensor:
    return torch.einsum(x, [0, 1], [1, 0])


@alternative("einsum.diagonal")
def diagonal_by_numbers(x: Tensor) -> Tensor:
    return torch.einsum(x, [3, 3], [3])


@alternative("einsum.diagonal")
def diagonal_of_a_transposed(x: Tensor) -> Tensor:
    return torch.einsum("ii->i", x.T)


@alternative("einsum.trace")
def sum_of_the_diagonal(x: Tensor) -> Tensor:
    return torch.einsum("ii->i", x).sum()


@alternative("einsum.trace")
def with_an_identity(x: Tensor) -> Tensor:
    return torch.einsum("ij,ij->", x, torch.eye(x.shape[0], dtype=x.dtype))


@alternative("einsum.total")
def column_by_column(x: Tensor) -> Tensor:
    return torch.einsum("c->", torch.einsum("rc->c", x))


@alternative("einsum.total")
def flattened(x: Tensor) -> Tensor:
    return torch.einsum("n->", x.reshape(-1))


@alternative("einsum.row_sums")
def transposed_first(x: Tensor) -> Tensor:
    return torch.einsum("cr->r", x.T)


@alternative("einsum.row_sums")
def times_ones(x: Tensor) -> Tensor:
    return torch.einsum("rc,c->r", x, torch.ones(x.shape[1], dtype=x.dtype))


@alternative("einsum.column_sums")
def any_rows(x: Tensor) -> Tensor:
    return torch.einsum("...c->c", x)


@alternative("einsum.column_sums")
def ones_times(x: Tensor) -> Tensor:
    return torch.einsum("r,rc->c", x.new_ones(x.shape[0]), x)


@alternative("einsum.dot")
def as_matrices(a: Tensor, b: Tensor) -> Tensor:
    return torch.einsum("in,nj->ij", a[None], b[:, None]).squeeze()


@alternative("einsum.dot")
def products_then_sum(a: Tensor, b: Tensor) -> Tensor:
    return torch.einsum("n->", a * b)


@alternative("einsum.hadamard")
def any_dimensions(a: Tensor, b: Tensor) -> Tensor:
    return torch.einsum("...,...->...", a, b)


@alternative("einsum.hadamard")
def row_by_row(a: Tensor, b: Tensor) -> Tensor:
    rows = [torch.einsum("c,c->c", one, other) for one, other in zip(a, b, strict=True)]
    return torch.stack(rows) if rows else torch.einsum("rc,rc->rc", a, b)


@alternative("einsum.outer")
def outer_implicitly(a: Tensor, b: Tensor) -> Tensor:
    return torch.einsum("i,j", a, b)


@alternative("einsum.outer")
def column_times_row(a: Tensor, b: Tensor) -> Tensor:
    return torch.einsum("ik,kj->ij", a.unsqueeze(1), b.unsqueeze(0))


@alternative("einsum.inner")
def trace_of_a_product(a: Tensor, b: Tensor) -> Tensor:
    return torch.einsum("ii->", torch.einsum("rc,sc->rs", a, b))


@alternative("einsum.inner")
def rows_then_all(a: Tensor, b: Tensor) -> Tensor:
    return torch.einsum("rc,rc->r", a, b).sum(0)


@alternative("einsum.matvec")
def vector_first(m: Tensor, v: Tensor) -> Tensor:
    return torch.einsum("c,rc->r", v, m)


@alternative("einsum.matvec")
def products_in_place(m: Tensor, v: Tensor) -> Tensor:
    return torch.einsum("rc->r", m * v)


@alternative("einsum.matmul")
def matmul_implicitly(a: Tensor, b: Tensor) -> Tensor:
    return torch.einsum("ij,jk", a, b)


@alternative("einsum.matmul")
def all_products_first(a: Tensor, b: Tensor) -> Tensor:
    return torch.einsum("ik,kj->ikj", a, b).sum(1)


@alternative("einsum.batched_matmul")
def with_dots(a: Tensor, b: Tensor) -> Tensor:
    return torch.einsum("...ik,...kj->...ij", a, b)


@alternative("einsum.batched_matmul")
def one_by_one(a: Tensor, b: Tensor) -> Tensor:
    if not a.shape[0]:
        return torch.einsum("bik,bkj->bij", a, b)
    return torch.stack([torch.einsum("ik,kj->ij", a[n], b[n]) for n in range(a.shape[0])])


@alternative("einsum.gram")
def with_a_transposed(x: Tensor) -> Tensor:
    return torch.einsum("ij,jk->ik", x, x.T)


@alternative("einsum.gram")
def by_columns(x: Tensor) -> Tensor:
    return torch.einsum("rsc->rs", x[:, None] * x)


@alternative("einsum.bilinear")
def in_two_steps(x: Tensor, w: Tensor, y: Tensor) -> Tensor:
    return torch.einsum("boj,bj->bo", torch.einsum("bi,oij->boj", x, w), y)


@alternative("einsum.bilinear")
def outer_products_first(x: Tensor, w: Tensor, y: Tensor) -> Tensor:
    return torch.einsum("bij,oij->bo", torch.einsum("bi,bj->bij", x, y), w)


@alternative("einsum.attention_scores")
def keys_turned(q: Tensor, k: Tensor) -> Tensor:
    return torch.einsum("bhqd,bhdk->bhqk", q, k.transpose(-1, -2))


@alternative("einsum.attention_scores")
def scores_with_dots(q: Tensor, k: Tensor) -> Tensor:
    return torch.einsum("...qd,...kd->...qk", q, k)


@alternative("einsum.weighted_average")
def permuted_afterwards(p: Tensor, v: Tensor) -> Tensor:
    return torch.einsum("bhqk,bhkd->bhqd", p, v).permute(0, 2, 1, 3).flatten(2)


@alternative("einsum.weighted_average")
def head_by_head(p: Tensor, v: Tensor) -> Tensor:
    heads = [torch.einsum("bqk,bkd->bqd", p[:, h], v[:, h]) for h in range(p.shape[1])]
    return torch.cat(heads, -1) if heads else torch.einsum("bhqk,bhkd->bqhd", p, v).flatten(2)
