"""Further probes of the assignment indexing, never shown to students: the same questions at larger sizes."""

from typing import Any

from grader.authoring import (
    axis_of,
    further,
    gather_index,
    index_tensor,
    lengths,
    size_of,
    tensors,
)


@further("gather_along", examples=10)
def gather_along_large(
    submission: Any,
    x: Any = tensors("...", dtype="number", rank=(3, 4), min_size=4, max_size=6),
    dim: Any = axis_of("x"),
    index: Any = gather_index("x", "dim"),
) -> Any:
    return submission.gather_along(x, dim, index)


@further("last_valid", examples=10)
def last_valid_of_long_sequences(
    submission: Any,
    x: Any = tensors("B T D", sizes={"B": (8, 12), "T": (20, 40), "D": (3, 6)}),
    lengths: Any = lengths("B", "T"),
) -> Any:
    return submission.last_valid(x, lengths)


@further("one_hot", examples=10)
def one_hot_of_many_classes(
    submission: Any,
    labels: Any = index_tensor("B T", "C", sizes={"B": (4, 8), "T": (4, 8), "C": (50, 200)}),
    num_classes: Any = size_of("C"),
) -> Any:
    return submission.one_hot(labels, num_classes)


@further("label_nll", examples=10)
def label_nll_of_many_classes(
    submission: Any,
    logits: Any = tensors("N C", sizes={"N": (20, 40), "C": (50, 120)}, low=-8, high=8),
    labels: Any = index_tensor("N", "C"),
) -> Any:
    return submission.label_nll(logits, labels)
