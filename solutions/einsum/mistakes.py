"""Typical wrong answers to the assignment einsum, each with what to say to the student."""

import torch
from torch import Tensor

from grader.authoring import mistake


@mistake("einsum.transpose")
def nothing_exchanged(x: Tensor) -> Tensor:
    """The letters after the arrow stand in the same order as before it, so x comes back as it was: exchange them."""
    return torch.einsum("rc->rc", x)


@mistake("einsum.transpose")
def reshaped_to_the_transposed_shape(x: Tensor) -> Tensor:
    """The shape is right, but reshaping keeps the entries in reading order and only cuts the rows elsewhere: to
    exchange rows and columns, exchange the letters after the arrow."""
    return torch.einsum("rc->rc", x).reshape(x.shape[1], x.shape[0])


@mistake("einsum.transpose")
def flattened_columns(x: Tensor) -> Tensor:
    """The result must keep two dimensions, (c, r): do not flatten it."""
    return torch.einsum("rc->cr", x).flatten()


@mistake("einsum.diagonal")
def diagonal_summed(x: Tensor) -> Tensor:
    """You added up the diagonal. To keep its entries, write the letter once after the arrow."""
    return torch.einsum("nn->", x)


@mistake("einsum.diagonal")
def whole_rows_summed(x: Tensor) -> Tensor:
    """Two different letters run over the whole matrix, so this adds up each row: give both dimensions the same
    letter to stay on the diagonal."""
    return torch.einsum("nm->n", x)


@mistake("einsum.diagonal")
def other_diagonal(x: Tensor) -> Tensor:
    """This is the other diagonal, from the upper right to the lower left: do not flip the matrix."""
    return torch.einsum("nn->n", x.flip(1))


@mistake("einsum.trace")
def trace_not_summed(x: Tensor) -> Tensor:
    """You return the entries of the diagonal. Drop the letter after the arrow as well, and they are added up."""
    return torch.einsum("nn->n", x)


@mistake("einsum.trace")
def trace_of_everything(x: Tensor) -> Tensor:
    """Two different letters add up the whole matrix: the trace has the same letter for rows and columns."""
    return torch.einsum("nm->", x)


@mistake("einsum.trace")
def trace_with_a_dimension(x: Tensor) -> Tensor:
    """The trace is a single number, a 0-d tensor of shape (): yours has shape (1,)."""
    return torch.einsum("nn->", x).reshape(1)


@mistake("einsum.total")
def only_the_rows_added(x: Tensor) -> Tensor:
    """One letter is left after the arrow, so you return one sum for each row: leave nothing after the arrow."""
    return torch.einsum("rc->r", x)


@mistake("einsum.total")
def total_without_gradient(x: Tensor) -> Tensor:
    """The number is right, but gradients no longer flow back to x: leave out `detach`, `item` and `data`."""
    return torch.einsum("rc->", x.detach())


@mistake("einsum.total")
def total_in_float(x: Tensor) -> Tensor:
    """The result must keep the dtype of x: the sum of int64 entries is int64."""
    return torch.einsum("rc->", x.float())


@mistake("einsum.row_sums")
def summed_down_the_columns(x: Tensor) -> Tensor:
    """The letter that disappears is the one that is summed: `ij->j` adds up each column. Keep the letter of the
    rows."""
    return torch.einsum("ij->j", x)


@mistake("einsum.row_sums")
def row_sums_kept_as_a_column(x: Tensor) -> Tensor:
    """The result has one dimension, (r,): yours has a second one of size 1."""
    return torch.einsum("rc->r", x).unsqueeze(1)


@mistake("einsum.row_sums")
def row_means(x: Tensor) -> Tensor:
    """You divided by the number of columns: that is each row's mean, but its sum is asked for."""
    return torch.einsum("rc->r", x) / x.shape[1]


@mistake("einsum.column_sums")
def summed_along_the_rows(x: Tensor) -> Tensor:
    """The letter that disappears is the one that is summed: `ij->i` adds up each row. Keep the letter of the
    columns."""
    return torch.einsum("ij->i", x)


@mistake("einsum.column_sums")
def column_sums_kept_as_a_row(x: Tensor) -> Tensor:
    """The result has one dimension, (c,): yours has a leading one of size 1."""
    return torch.einsum("rc->c", x).unsqueeze(0)


@mistake("einsum.dot")
def dot_not_summed(a: Tensor, b: Tensor) -> Tensor:
    """You return the separate products. The dot product adds them up: drop the letter after the arrow."""
    return torch.einsum("n,n->n", a, b)


@mistake("einsum.dot")
def every_pair_added(a: Tensor, b: Tensor) -> Tensor:
    """With two different letters every entry of a meets every entry of b: both vectors must share one letter."""
    return torch.einsum("n,m->", a, b)


@mistake("einsum.hadamard")
def matrices_multiplied(a: Tensor, b: Tensor) -> Tensor:
    """This is a matrix product. In the elementwise one, both matrices and the result have the same two letters."""
    return torch.einsum("ik,kj->ij", a, b.T)


@mistake("einsum.hadamard")
def hadamard_transposed(a: Tensor, b: Tensor) -> Tensor:
    """The products are right but stand transposed: keep the order of the letters after the arrow. You see it when the
    matrices are not square."""
    return torch.einsum("rc,rc->cr", a, b)


@mistake("einsum.outer")
def outer_transposed(a: Tensor, b: Tensor) -> Tensor:
    """The result is (m, n): its rows must belong to a and its columns to b, so the letter of a comes first."""
    return torch.einsum("n,m->mn", a, b)


@mistake("einsum.outer")
def outer_of_one_vector(a: Tensor, b: Tensor) -> Tensor:
    """Both factors are taken from a: b must be an input too, with a letter of its own."""
    return torch.einsum("n,m->nm", a, a)


@mistake("einsum.inner")
def inner_by_rows(a: Tensor, b: Tensor) -> Tensor:
    """You return one sum for each row: leave nothing after the arrow, so that the rows are added up as well."""
    return torch.einsum("rc,rc->r", a, b)


@mistake("einsum.inner")
def product_of_the_totals(a: Tensor, b: Tensor) -> Tensor:
    """With four different letters every entry of a meets every entry of b: give both matrices the same two letters."""
    return torch.einsum("ij,kl->", a, b)


@mistake("einsum.matvec")
def rows_only_scaled(m: Tensor, v: Tensor) -> Tensor:
    """You multiplied each column by its number but did not add up: the letter of the columns must not stand after the
    arrow."""
    return torch.einsum("rc,c->rc", m, v)


@mistake("einsum.matvec")
def vector_summed_first(m: Tensor, v: Tensor) -> Tensor:
    """The vector has a letter of its own here, so it is simply summed: give it the letter of the matrix's columns."""
    return torch.einsum("rc,n->r", m, v)


@mistake("einsum.matmul")
def product_transposed(a: Tensor, b: Tensor) -> Tensor:
    """The result is transposed, (j, i): put the letter of a's rows first. With square inputs only the values show
    it."""
    return torch.einsum("ik,kj->ji", a, b)


@mistake("einsum.matmul")
def columns_of_both_matched(a: Tensor, b: Tensor) -> Tensor:
    """The equation pairs the wrong letters, as if b were transposed: the last letter of a is the first letter of b."""
    return torch.einsum("ik,jk->ij", a, b.reshape(b.shape[1], b.shape[0]))


@mistake("einsum.batched_matmul")
def batch_summed(a: Tensor, b: Tensor) -> Tensor:
    """The batch letter is missing after the arrow, so the products of all the batch were added up."""
    return torch.einsum("bik,bkj->ij", a, b)


@mistake("einsum.batched_matmul")
def matrices_of_the_batch_transposed(a: Tensor, b: Tensor) -> Tensor:
    """Each product is transposed, (B, j, i): the result's letters are batch, rows of a, columns of b."""
    return torch.einsum("bik,bkj->bji", a, b)


@mistake("einsum.gram")
def gram_of_the_columns(x: Tensor) -> Tensor:
    """This is the transpose of x times x, of shape (c, c): the rows need two letters, and the columns share one."""
    return torch.einsum("ki,kj->ij", x, x)


@mistake("einsum.gram")
def squared_lengths_only(x: Tensor) -> Tensor:
    """You return each row's product with itself, the diagonal of the answer: give the rows a different letter each
    time."""
    return torch.einsum("ic,ic->i", x, x)


@mistake("einsum.bilinear")
def weights_transposed(x: Tensor, w: Tensor, y: Tensor) -> Tensor:
    """x meets the last dimension of w and y the middle one: it must be the other way round. With i equal to j there
    is no error, only wrong numbers."""
    return torch.einsum("bi,oij,bj->bo", x, w.transpose(1, 2).reshape(w.shape), y)


@mistake("einsum.bilinear")
def outputs_summed(x: Tensor, w: Tensor, y: Tensor) -> Tensor:
    """The letter of the outputs is missing after the arrow, so all the outputs were added up."""
    return torch.einsum("bi,oij,bj->b", x, w, y)


@mistake("einsum.bilinear")
def outputs_first(x: Tensor, w: Tensor, y: Tensor) -> Tensor:
    """The result is (o, B): samples come first, so the batch letter is the first after the arrow."""
    return torch.einsum("bi,oij,bj->ob", x, w, y)


@mistake("einsum.attention_scores")
def scores_scaled(q: Tensor, k: Tensor) -> Tensor:
    """The scores are divided by the square root of D: they are asked for unscaled."""
    return torch.einsum("bhqd,bhkd->bhqk", q, k) / q.shape[-1] ** 0.5


@mistake("einsum.attention_scores")
def keys_before_queries(q: Tensor, k: Tensor) -> Tensor:
    """The last two dimensions are exchanged: a row belongs to a query, a column to a key."""
    return torch.einsum("bhqd,bhkd->bhkq", q, k)


@mistake("einsum.attention_scores")
def heads_mixed(q: Tensor, k: Tensor) -> Tensor:
    """Queries of one head also meet the keys of the others: both must have the same letter for the head."""
    return torch.einsum("bhqd,bgkd->bhqk", q, k)


@mistake("einsum.weighted_average")
def heads_not_moved(p: Tensor, v: Tensor) -> Tensor:
    """The shape is right, but the heads still stand before the queries when you reshape, so numbers of different
    queries are mixed: ask einsum for (B, Tq, H, D) before you merge."""
    average = torch.einsum("bhqk,bhkd->bhqd", p, v)
    return average.reshape(p.shape[0], p.shape[2], p.shape[1] * v.shape[3])


@mistake("einsum.weighted_average")
def heads_interleaved(p: Tensor, v: Tensor) -> Tensor:
    """The heads are interleaved: the first D numbers must all be those of head 0. Put the head letter before the D
    letter."""
    return torch.einsum("bhqk,bhkd->bqdh", p, v).flatten(start_dim=2)


@mistake("einsum.weighted_average")
def heads_left_apart(p: Tensor, v: Tensor) -> Tensor:
    """The heads still have a dimension of their own: merge the last two, (B, Tq, H, D) becomes (B, Tq, H * D)."""
    return torch.einsum("bhqk,bhkd->bqhd", p, v)
