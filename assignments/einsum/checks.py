"""Checks of the assignment einsum: every result comes from `torch.einsum`."""

from typing import Any

from grader.authoring import (
    exercise,
    tensors,
)

EINSUM = "torch.einsum"


@exercise(
    points=1,
    needs=EINSUM,
    hints=[
        "Give the rows one letter and the columns another.",
        "After the arrow, write the same two letters in the other order.",
    ],
)
def transpose(submission: Any, x: Any = tensors("r c", dtype="number")) -> Any:
    return submission.transpose(x)


@exercise(
    points=1,
    needs=EINSUM,
    hints=[
        "A letter that appears twice for one tensor makes both indices move together.",
        "On the left of the arrow the same letter twice, on the right once.",
    ],
)
def diagonal(submission: Any, x: Any = tensors("n n", dtype="number")) -> Any:
    return submission.diagonal(x)


@exercise(
    points=1,
    needs=EINSUM,
    hints=[
        "How did you write `diagonal`?",
        "A letter that is missing after the arrow is summed; the result here has no dimension left.",
    ],
)
def trace(submission: Any, x: Any = tensors("n n", dtype="number")) -> Any:
    return submission.trace(x)


@exercise(
    points=1,
    needs=EINSUM,
    hints=[
        "Which letters does a 0-d result have?",
        "Rows and columns may differ in number: two different letters, and nothing after the arrow.",
    ],
)
def total(submission: Any, x: Any = tensors("r c", dtype="number")) -> Any:
    return submission.total(x)


@exercise(
    points=1,
    needs=EINSUM,
    hints=[
        "The result has one entry for each row: which letter must stay?",
        "The letter of the columns disappears, so it is summed.",
    ],
)
def row_sums(submission: Any, x: Any = tensors("r c", dtype="number")) -> Any:
    return submission.row_sums(x)


@exercise(
    points=1,
    needs=EINSUM,
    hints=[
        "The result has one entry for each column: which letter must stay?",
        "The letter of the rows disappears, so it is summed.",
    ],
)
def column_sums(submission: Any, x: Any = tensors("r c", dtype="number")) -> Any:
    return submission.column_sums(x)


@exercise(
    points=1,
    needs=EINSUM,
    hints=[
        "Both vectors share one letter.",
        "The products are added up, so that letter does not come back after the arrow.",
    ],
)
def dot(submission: Any, a: Any = tensors("n", dtype="number"), b: Any = tensors("n", dtype="number")) -> Any:
    return submission.dot(a, b)


@exercise(
    points=1,
    needs=EINSUM,
    hints=[
        "Entry (i, j) of the result uses entry (i, j) of both.",
        "Both inputs and the result carry the same two letters in the same order.",
    ],
)
def hadamard(submission: Any, a: Any = tensors("r c", dtype="number"), b: Any = tensors("r c", dtype="number")) -> Any:
    return submission.hadamard(a, b)


@exercise(
    points=1,
    needs=EINSUM,
    hints=[
        "The two vectors may differ in length: give each a letter of its own.",
        "The result keeps both letters, that of `a` first.",
    ],
)
def outer(submission: Any, a: Any = tensors("n", dtype="number"), b: Any = tensors("m", dtype="number")) -> Any:
    return submission.outer(a, b)


@exercise(
    points=1,
    needs=EINSUM,
    hints=["How did you write `hadamard`?", "To add up everything, leave nothing after the arrow."],
)
def inner(submission: Any, a: Any = tensors("r c", dtype="number"), b: Any = tensors("r c", dtype="number")) -> Any:
    return submission.inner(a, b)


@exercise(
    points=1,
    needs=EINSUM,
    hints=[
        "Entry i of the result is the sum over c of m[i, c] * v[c].",
        "The vector has the letter of the matrix's columns, and that one is summed.",
    ],
)
def matvec(submission: Any, m: Any = tensors("r c", dtype="number"), v: Any = tensors("c", dtype="number")) -> Any:
    return submission.matvec(m, v)


@exercise(
    points=1,
    needs=EINSUM,
    hints=[
        "Write the entry as a sum: result[i, j] = sum over k of a[i, k] * b[k, j].",
        "Now copy the letters from that sum into the equation.",
    ],
)
def matmul(submission: Any, a: Any = tensors("i k", dtype="number"), b: Any = tensors("k j", dtype="number")) -> Any:
    return submission.matmul(a, b)


@exercise(
    points=1,
    needs=EINSUM,
    hints=[
        "Begin with the equation of `matmul`.",
        "Put one more letter, the same everywhere, in front of each group: it stays, so it is not summed.",
    ],
)
def batched_matmul(
    submission: Any, a: Any = tensors("B i k", dtype="number"), b: Any = tensors("B k j", dtype="number")
) -> Any:
    return submission.batched_matmul(a, b)


@exercise(
    points=1,
    needs=EINSUM,
    hints=[
        "Pass `x` twice.",
        "The rows need two different letters, one for each time; the columns share one.",
        "Entry (i, j) is the sum over c of x[i, c] * x[j, c].",
    ],
)
def gram(submission: Any, x: Any = tensors("r c", dtype="number")) -> Any:
    return submission.gram(x)


@exercise(
    points=1,
    needs=EINSUM,
    hints=[
        "Three inputs take three groups of letters, separated by commas.",
        "result[b, o] = sum over i and j of x[b, i] * w[o, i, j] * y[b, j].",
    ],
)
def bilinear(
    submission: Any,
    x: Any = tensors("B i", dtype="number"),
    w: Any = tensors("o i j", dtype="number"),
    y: Any = tensors("B j", dtype="number"),
) -> Any:
    return submission.bilinear(x, w, y)


@exercise(
    points=1,
    needs=EINSUM,
    hints=[
        "Queries and keys differ in number: give them different letters.",
        "Batch and head are shared and stay; D is shared and disappears.",
    ],
)
def attention_scores(
    submission: Any,
    q: Any = tensors("B H q D", dtype="number", max_size=4),
    k: Any = tensors("B H k D", dtype="number", max_size=4),
) -> Any:
    return submission.attention_scores(q, k)


@exercise(
    points=1,
    needs=EINSUM,
    hints=[
        "First write the equation whose result is (B, Tq, H, D).",
        "Then merge the last two dimensions: for each query, the D numbers of head 0, then those of head 1.",
        "Merging H and D while another dimension stands between them mixes up queries and heads.",
    ],
)
def weighted_average(
    submission: Any,
    p: Any = tensors("B H q k", dtype="number", max_size=4),
    v: Any = tensors("B H k D", dtype="number", max_size=4),
) -> Any:
    return submission.weighted_average(p, v)
