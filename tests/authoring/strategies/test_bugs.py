"""Planted bugs: a bank of 60 examples must meet each, whatever the seed, and shrinking must make it plain."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.authoring import (
    arrays,
    axis_of,
    boolean_masks,
    gather_index,
    ids_image,
    index_tensor,
    lengths,
    lists_of,
    select_index,
    tensors,
    tuples_of,
)
from grader.authoring.declarations import make_probe
from grader.authoring.exercises import Probe
from grader.authoring.strategies.convert import to_plain
from grader.judging.examples.bank import draw_bank
from grader.judging.shrinking import shrink
from grader.records.observations import Example, decode_example
from grader.records.values import SequenceValue, TensorValue

Array = np.ndarray[Any, Any]


@dataclasses.dataclass
class Bug:
    """A right answer, a wrong one, and the sizes of the smallest input that tells them apart."""

    probe: Callable[..., Any]
    right: Callable[..., Any]
    wrong: Callable[..., Any]
    minimal: tuple[tuple[int, ...], ...] | None = None
    raw: bool = False
    """Whether the answers take the inert values themselves."""


def matrix(submission, x=tensors("r c")): ...
def pair(submission, a=tensors("i k"), b=tensors("k j")): ...
def along(submission, x=tensors("...", dtype="number", ties=True), dim=axis_of("x", nonempty=True)): ...
def any_along(submission, x=tensors("..."), dim=axis_of("x")): ...
def number(submission, x=tensors("n", dtype="number")): ...
def gathered(submission, x=tensors("..."), dim=axis_of("x"), index=gather_index("x", "dim")): ...
def selected(submission, x=tensors("..."), dim=axis_of("x"), index=select_index("x", "dim")): ...
def last_valid(submission, x=tensors("B T D", sizes={"T": (1, 5)}), n=lengths("B", "T")): ...
def rows(submission, x=tensors("b n d"), index=index_tensor("b k", "n")): ...
def ids(submission, image=ids_image("h w")): ...
def boxes(submission, masks=boolean_masks("n h w")): ...
def channels(submission, x=tensors("c h w"), v=tensors("c")): ...
def ragged(submission, batch=lists_of(tensors("~t"), min_size=1)): ...
def dataset(submission, batch=lists_of(tuples_of(tensors("d"), tensors("", dtype="int64")))): ...
def picture(submission, image=arrays("h w 3", dtype="uint8")): ...
def logits(submission, x=tensors("n c", sizes={"c": (1, 5)})): ...


def whole_maxima(x: Array, dim: int) -> Array:
    return np.argmax(x, axis=dim)


def added_positions(x: Array, dim: int) -> Array:
    positions = np.arange(x.shape[dim]).reshape([-1 if d == dim % x.ndim else 1 for d in range(x.ndim)])
    return (positions * (x == x.max(axis=dim, keepdims=True))).sum(axis=dim)


def take(x: Array, dim: int, index: Array) -> Array:
    window = tuple(slice(None) if d == dim % x.ndim else slice(n) for d, n in enumerate(index.shape))
    return np.take_along_axis(x[window], index, dim) if index.size else np.zeros(index.shape, x.dtype)


def take_whole(x: Array, dim: int, index: Array) -> Array:
    assert all(n == m or d == dim % x.ndim for d, (n, m) in enumerate(zip(index.shape, x.shape, strict=True)))
    return take(x, dim, index)


def steps(x: Array, n: Array) -> Array:
    return x[np.arange(len(x)), n - 1]


def steps_of_the_last_dimension(x: Array, n: Array) -> Array:
    return x[np.arange(len(x)), :, n - 1] if x.shape[1] == x.shape[2] else steps(x, n)


def masks_of(image: Array) -> Array:
    return np.stack([image == i for i in np.unique(image) if i]) if image.any() else np.zeros((0, *image.shape), bool)


def masks_up_to_the_highest(image: Array) -> Array:
    present = range(1, min(int(image.max(initial=0)), 2000) + 1)
    return np.stack([image == i for i in present]) if image.any() else np.zeros((0, *image.shape), bool)


def corners_of(masks: Array, swapped: bool = False) -> Array:
    found = [[f(i) for f in (np.min, np.max) for i in np.nonzero(mask)[:: 1 if swapped else -1]] for mask in masks]
    return np.array(found, np.float32).reshape(-1, 4)


def softmax(x: Array) -> Array:
    shifted = np.exp(x - x.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)


def overflowing_softmax(x: Array) -> Array:
    with np.errstate(all="ignore"):
        return np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)


def padded(batch: list[Array]) -> Array:
    width = max(len(x) for x in batch)
    return np.stack([np.pad(x, (0, width - len(x))) for x in batch])


def in_storage_order(x: TensorValue) -> Array:
    return np.frombuffer(x.data, x.dtype)[: int(np.prod(x.shape))].reshape(x.shape)


def scaled_by_column(x: Array, v: Array) -> Array:
    return x * v if x.shape[0] == x.shape[2] else x * v[:, None, None]


BUGS = {
    "columns summed": Bug(matrix, lambda x: x.sum(1), lambda x: x.sum(0), ((1, 2),)),
    "not transposed": Bug(matrix, lambda x: x.T, lambda x: x, ((1, 2),)),
    "other gram": Bug(matrix, lambda x: x @ x.T, lambda x: x.T @ x, ((1, 2),)),
    "square ones transposed": Bug(
        pair, lambda a, b: a @ b, lambda a, b: a @ (b.T if b.shape[0] == b.shape[1] else b), ((1, 2), (2, 2))
    ),
    "diagonal of wide ones": Bug(matrix, np.diagonal, lambda x: x[range(len(x)), range(len(x))], ((2, 1),)),
    "empty raises": Bug(matrix, lambda x: x, lambda x: x if x.size else 1 / 0),
    "squeezed": Bug(matrix, lambda x: x, lambda x: x.squeeze(), ((1, 1),)),
    "dim ignored": Bug(along, lambda x, dim: x.max(axis=dim), lambda x, dim: x.max(axis=0), ((1, 2),)),
    "dim counted from the front": Bug(any_along, np.flip, lambda x, dim: np.flip(x, abs(dim) % x.ndim), ((1, 1, 2),)),
    "ties added up": Bug(along, whole_maxima, added_positions, ((2,),)),
    "maximum from 0": Bug(along, lambda x, dim: x.max(axis=dim), lambda x, dim: x.max(axis=dim, initial=0), ((1,),)),
    "through float32": Bug(number, lambda x: x, lambda x: x.astype(np.float32).astype(x.dtype), ((1,),)),
    "float32 always": Bug(number, lambda x: x, lambda x: x.astype(np.float32), ((1,),)),
    "storage order": Bug(matrix, to_plain, in_storage_order, raw=True),
    "index as large as x": Bug(gathered, take, take_whole),
    "index sorted": Bug(
        selected, lambda x, dim, index: np.take(x, index, dim), lambda x, dim, index: np.take(x, np.sort(index), dim)
    ),
    "repeats dropped": Bug(
        selected, lambda x, dim, index: np.take(x, index, dim), lambda x, dim, index: np.take(x, np.unique(index), dim)
    ),
    "step taken in D": Bug(last_valid, steps, steps_of_the_last_dimension, ((1, 2, 2), (1,))),
    "last step always": Bug(last_valid, steps, lambda x, n: x[:, -1], ((1, 2, 1), (1,))),
    "same rows for all": Bug(
        rows, lambda x, index: np.take_along_axis(x, index[:, :, None], 1), lambda x, index: x[:, index[0]]
    ),
    "ids without gaps": Bug(ids, masks_of, masks_up_to_the_highest, ((1, 1),)),
    "x and y swapped": Bug(boxes, corners_of, lambda masks: corners_of(masks, swapped=True), ((1, 1, 2),)),
    "channels of columns": Bug(channels, lambda x, v: x * v[:, None, None], scaled_by_column, ((2, 1, 2), (2,))),
    "overflow": Bug(logits, lambda x: softmax(x).round(3), lambda x: overflowing_softmax(x).round(3), ((1, 1),)),
    "no empty sequence": Bug(ragged, padded, lambda batch: padded(batch) if min(map(len, batch)) else 1 / 0),
    "equal lengths": Bug(ragged, padded, np.stack),
    "no empty batch": Bug(dataset, len, lambda batch: len(batch) or 1 / 0),
    "viewed, not permuted": Bug(picture, lambda i: i.transpose(2, 0, 1), lambda i: i.reshape(3, *i.shape[:2])),
}


def differs(bug: Bug, example: Example) -> bool:
    arguments = example.arguments if bug.raw else {name: to_plain(v) for name, v in example.arguments.items()}
    right = np.asarray(bug.right(*arguments.values()))
    try:
        wrong = np.asarray(bug.wrong(*arguments.values()))
    except (ArithmeticError, AssertionError, LookupError, ValueError):
        return True
    return right.shape != wrong.shape or right.dtype != wrong.dtype or not np.array_equal(right, wrong)


def probe_of(bug: Bug) -> Probe:
    probe = make_probe(bug.probe)
    probe.id = f"planted.{bug.probe.__name__}/{bug.probe.__name__}"
    return probe


def failing(bug: Bug, seed: int) -> list[Example]:
    examples = map(decode_example, draw_bank(probe_of(bug), 60, seed).examples)
    return [example for example in examples if differs(bug, example)]


@pytest.mark.parametrize("name", BUGS)
def test_a_bank_of_sixty_meets_the_bug_under_every_seed(name: str) -> None:
    caught = [len(failing(BUGS[name], seed)) for seed in range(10)]
    assert min(caught) >= 1, caught


@pytest.mark.parametrize("name", BUGS)
def test_the_right_answer_is_never_caught(name: str) -> None:
    bug = dataclasses.replace(BUGS[name], wrong=BUGS[name].right)
    assert failing(bug, 1) == []


@pytest.mark.parametrize("name", [name for name in BUGS if BUGS[name].minimal])
def test_shrinking_reaches_the_smallest_sizes(name: str) -> None:
    bug = BUGS[name]
    smallest = shrink(probe_of(bug), lambda e: differs(bug, e), failing(bug, 1)[-1], 1, 20.0, 200)
    assert smallest is not None
    assert differs(bug, smallest)
    shapes = tuple(value.shape for value in smallest.arguments.values() if isinstance(value, TensorValue))
    assert shapes == bug.minimal
    assert all(value.strides is None for value in smallest.arguments.values() if isinstance(value, TensorValue))


def test_shrinking_ragged_lists_leaves_two_short_elements() -> None:
    bug = BUGS["equal lengths"]
    smallest = shrink(probe_of(bug), lambda e: differs(bug, e), failing(bug, 2)[-1], 2, 20.0, 200)
    assert smallest is not None
    batch = smallest.arguments["batch"]
    assert isinstance(batch, SequenceValue)
    assert sorted(value.shape for value in batch.items if isinstance(value, TensorValue)) == [(1,), (2,)]
