"""Checks of the assignment indexing: gather, scatter, and index tensors that broadcast."""

from typing import Any

from grader.authoring import (
    axis_of,
    boolean_masks,
    exercise,
    gather_index,
    ids_image,
    index_tensor,
    lengths,
    select_index,
    size_of,
    tensors,
)

DIAGONALS = ["torch.diag", "torch.diagonal", "torch.linalg.diagonal", "torch.einsum"]


@exercise(
    points=3,
    bans=["torch.gather", "torch.take_along_dim"],
    hints=[
        "Write down one entry for rank 2 and dim=1: result[i, j] = x[i, index[i, j]].",
        "x[tuple_of_index_tensors] takes one index tensor for each dimension; they are broadcast together.",
        "Make torch.arange(n) for every dimension of `index`, shaped so that it varies along that dimension only, "
        "and put `index` itself in the place of `dim`.",
    ],
)
def gather_along(
    submission: Any,
    x: Any = tensors("...", dtype="any"),
    dim: Any = axis_of("x"),
    index: Any = gather_index("x", "dim"),
) -> Any:
    return submission.gather_along(x, dim, index)


@exercise(
    points=2,
    bans=["torch.index_select", "torch.take", "torch.gather"],
    hints=[
        "For dim=0 it is just x[index].",
        "Move the dimension to the front, select, and move it back; or build a tuple of slices with `index` at `dim`.",
    ],
)
def index_select_along(
    submission: Any,
    x: Any = tensors("...", dtype="any"),
    dim: Any = axis_of("x"),
    index: Any = select_index("x", "dim"),
) -> Any:
    return submission.index_select_along(x, dim, index)


@index_select_along.also(examples=20)
def select_nothing(
    submission: Any,
    x: Any = tensors("...", dtype="any", min_size=1),
    dim: Any = axis_of("x"),
    index: Any = index_tensor("none", 1, sizes={"none": (0, 0)}),
) -> Any:
    return submission.index_select_along(x, dim, index)


@exercise(
    points=1,
    bans=DIAGONALS,
    needs="torch.gather",
    hints=[
        "There are n = min(H, W) entries, and entry i stands in row i and column i.",
        "gather along dim 1 wants an index with one column: row i holds i.",
        "It gives (n, 1); squeeze that one dimension, not all of them.",
    ],
)
def diagonal_2d(submission: Any, x: Any = tensors("H W", dtype="any")) -> Any:
    return submission.diagonal_2d(x)


@exercise(
    points=2,
    bans=DIAGONALS,
    needs="torch.gather",
    hints=[
        "Solve one plane as in diagonal_2d; the index then needs a leading dimension of size C (expand it).",
        "Gather along the last dimension of the first n rows, then squeeze that last dimension only.",
    ],
)
def diagonal_3d(submission: Any, x: Any = tensors("C H W", dtype="any")) -> Any:
    return submission.diagonal_3d(x)


@exercise(
    points=2,
    hints=[
        "Lengths count from 1, steps from 0.",
        "x[rows, steps] with rows = 0, 1, ..., B - 1 picks one step for each row.",
    ],
)
def last_valid(
    submission: Any,
    x: Any = tensors("B T D", dtype="number"),
    lengths: Any = lengths("B", "T"),
) -> Any:
    return submission.last_valid(x, lengths)


@last_valid.also()
def last_valid_square(
    submission: Any,
    x: Any = tensors("B T T", dtype="number", sizes={"B": (1, 4), "T": (2, 5)}, distinct=True),
    lengths: Any = lengths("B", "T"),
) -> Any:
    return submission.last_valid(x, lengths)


@exercise(
    points=2,
    hints=[
        "One index tensor says which batch element, the other which row; they must broadcast to (B, K).",
        "The batch numbers 0, 1, ..., B - 1 need the shape (B, 1).",
    ],
)
def pick_rows(
    submission: Any,
    x: Any = tensors("B N D", dtype="number"),
    index: Any = index_tensor("B K", "N"),
) -> Any:
    return submission.pick_rows(x, index)


@exercise(
    points=2,
    bans=["torch.nn.functional.one_hot", "torch.eye"],
    needs=["torch.scatter", "torch.scatter_add"],
    hints=[
        "Begin with int64 zeros of shape labels.shape + (num_classes,).",
        "Scatter the number 1 along the last dimension; the index is `labels` with one more dimension of size 1.",
    ],
)
def one_hot(
    submission: Any,
    labels: Any = index_tensor("...", "C", rank=(0, 4), sizes={"C": (1, 6)}),
    num_classes: Any = size_of("C"),
) -> Any:
    return submission.one_hot(labels, num_classes)


@exercise(
    points=2,
    bans=[
        "torch.nn.functional.cross_entropy",
        "torch.nn.CrossEntropyLoss",
        "torch.nn.functional.nll_loss",
        "torch.nn.NLLLoss",
        "torch.nn.NLLLoss2d",
    ],
    hints=[
        "log_softmax, not log after softmax: the second overflows or takes the log of 0.",
        "Then pick column labels[n] of row n, and average.",
    ],
)
def label_nll(
    submission: Any,
    logits: Any = tensors("N C", sizes={"N": (1, 6), "C": (1, 6)}, low=-16, high=16),
    labels: Any = index_tensor("N", "C"),
) -> Any:
    return submission.label_nll(logits, labels)


# Logits minus their logsumexp is a right answer too, and rounds to the spacing of float32 at 10000, which is 0.001.
@label_nll.also(rtol=1e-4, atol=1e-2)
def label_nll_of_large_logits(
    submission: Any,
    logits: Any = tensors("N C", sizes={"N": (1, 6), "C": (1, 6)}, special=(1e4, -1e4, 1000.0, -1000.0, 200.0)),
    labels: Any = index_tensor("N", "C"),
) -> Any:
    return submission.label_nll(logits, labels)


@exercise(
    points=2,
    hints=[
        "Which ids are there? `unique` gives them in rising order.",
        "Do not assume that 0 is among them: drop the zeros by comparing, not by position.",
        "Compare ids (H, W) with the object ids reshaped to (N, 1, 1).",
    ],
)
def masks_from_ids(submission: Any, ids: Any = ids_image("H W")) -> Any:
    return submission.masks_from_ids(ids)


@masks_from_ids.also()
def masks_from_crowded_ids(submission: Any, ids: Any = tensors("H W", dtype="int64", low=0, high=40)) -> Any:
    return submission.masks_from_ids(ids)


@exercise(
    points=2,
    hints=[
        "The True pixels of one mask: rows, columns = torch.where(mask). Columns are x, rows are y.",
        "Begin with float32 zeros of shape (N, 4): then N == 0 needs no special case.",
    ],
)
def boxes_from_masks(
    submission: Any, masks: Any = boolean_masks("N H W", sizes={"N": (0, 4), "H": (1, 7), "W": (1, 7)})
) -> Any:
    return submission.boxes_from_masks(masks)
