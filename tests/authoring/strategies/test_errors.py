"""What an author reads who wrote an input space that cannot be drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from grader.authoring import (
    axis_of,
    choices,
    custom,
    derived,
    floats,
    gather_index,
    index_tensor,
    integers,
    just,
    lists_of,
    select_index,
    size_of,
    tensors,
    text_words,
)
from grader.authoring.declarations import make_probe
from grader.judging.examples.bank import draw_bank
from grader.records.errors import AuthorError

WRONG: dict[str, tuple[Callable[[], Any], str]] = {
    "two runs": (lambda: tensors("... n ..."), 'shape "... n ..." has more than one "..."'),
    "malformed size": (lambda: tensors("n- m"), "'n-' is no size"),
    "call in a size": (lambda: size_of("len(n)"), "'len(n)' is no size"),
    "unknown dtype": (lambda: tensors("n", dtype="float31"), "dtype 'float31' cannot be drawn"),
    "bfloat16": (lambda: tensors("n", dtype="bfloat16"), "dtype 'bfloat16' cannot be drawn"),
    "bounds the wrong way round": (lambda: tensors("n", low=2, high=1), "low=2 is greater than high=1"),
    "ties and distinct": (lambda: tensors("n", ties=True, distinct=True), "exclude each other"),
    "rank": (lambda: tensors("...", rank=(3, 1)), "rank=(3, 1)"),
    "layout": (lambda: tensors("n", layout="strided"), "layout='strided'"),  # type: ignore[arg-type]
    "sizes": (lambda: tensors("n", sizes={"n": 3}), "sizes: 'n' has 3"),  # type: ignore[dict-item]
    "integers": (lambda: integers(3, 1), "low is greater than high"),
    "floats": (lambda: floats(3, 1), "low is greater than high"),
    "no choice": (lambda: choices(), "at least one option"),
    "words": (lambda: text_words(3, 1), "text_words(3, 1)"),
    "list": (lambda: lists_of(integers(), 3, 1), "no length lies in 3..1"),
    "custom": (lambda: custom(3), "custom(int): no Hypothesis strategy"),
    "constant": (lambda: just(object()), "a object cannot be sent"),
    "array of objects": (lambda: just(np.array(["a"])), "cannot be sent"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_where_it_is_written(name: str) -> None:
    make, message = WRONG[name]
    with pytest.raises(AuthorError) as caught:
        make()
    assert message in caught.value.message


def raising(earlier: Any) -> Any:
    return integers(0, 1 // 0)


def rejects_all() -> Any:
    return st.integers().filter(lambda n: False)


def sends_objects() -> Any:
    return st.builds(object)


DRAWN: dict[str, tuple[dict[str, Any], str, str]] = {
    "a plain value": ({"n": 3}, "argument 'n': 3 is no input space", "just(...)"),
    "unknown argument": (
        {"x": tensors("n"), "dim": axis_of("y")},
        "argument 'dim': refers to an argument 'y' that is not drawn before it (drawn so far: x)",
        "order of the signature",
    ),
    "axis of a number": ({"n": integers(), "dim": axis_of("n")}, "refers to 'n', which is a int and no tensor", ""),
    "no axis": (
        {"x": tensors("n"), "dim": integers(9, 9), "i": select_index("x", "dim")},
        "refers to 'dim' as an axis, but it is 9",
        "axis_of",
    ),
    "no axis for gather": (
        {"x": tensors("n"), "dim": just("0"), "i": gather_index("x", "dim")},
        "refers to 'dim' as an axis, but it is '0'",
        "axis_of",
    ),
    "bounds that exclude each other": (
        {"x": tensors("n", sizes={"n": (1, 2)}), "y": tensors("n", sizes={"n": (3, 4)})},
        "argument 'y': size 'n' cannot lie in 3..4 as well as in 1..2",
        "",
    ),
    "negative size": ({"x": tensors("n-1")}, "size n-1 is -1 where n = 0", "sizes="),
    "no number between": ({"x": tensors("n", dtype="int64", low=0.2, high=0.8)}, "no int64 lies in 0.2..0.8", "low"),
    "no room": (
        {"x": tensors("n", dtype="int64", low=0, high=1, distinct=True, min_size=4)},
        "distinct int64 elements do not fit into 0..1",
        "Widen",
    ),
    "function that raises": ({"k": derived(raising)}, "argument 'k': drawing raised ZeroDivisionError", "Mend"),
    "function of a wrong name": ({"x": tensors("n"), "k": derived(lambda a: a.y)}, "refers to an argument 'y'", ""),
    "everything filtered out": (
        {"n": custom(rejects_all)},
        "argument 'n': the strategy filters out everything",
        "valid",
    ),
    "filter of a strategy": ({"n": st.integers().filter(lambda n: False)}, "filters out everything", "valid"),
    "objects": ({"n": custom(sends_objects)}, "argument 'n': a object cannot be sent", "build other objects"),
    "strategy that raises": ({"n": st.integers().map(lambda n: 1 // 0)}, "argument 'n': drawing raised Zero", "Mend"),
    "nothing valid": ({"i": index_tensor("3", 0)}, "the input spaces reject every draw", "Bound the sizes"),
    "inside a list": ({"b": lists_of(axis_of("x"), min_size=1)}, "argument 'b': refers to an argument 'x'", ""),
}


@pytest.mark.parametrize("name", DRAWN)
def test_wrong_when_it_is_drawn(name: str) -> None:
    arguments, message, hint = DRAWN[name]
    probe = make_probe(lambda submission: None)
    probe.id = "sample.task/check"
    probe.arguments = arguments
    with pytest.raises(AuthorError) as caught:
        draw_bank(probe, 60, 1)
    assert caught.value.message.startswith("sample.task/check: ")
    assert message in caught.value.message
    assert hint in (caught.value.hint or "")


def test_explicit_examples_must_fit_the_probe() -> None:
    def check(submission: Any, x: Any = integers(), y: Any = integers()) -> None: ...

    for explicit, message in [
        ({"x": 1}, "an explicit example has the arguments x; the probe takes x, y"),
        ({"x": 1, "y": object()}, "explicit argument 'y': a object cannot be sent"),
    ]:
        with pytest.raises(AuthorError) as caught:
            draw_bank(make_probe(check, explicit=[explicit]), 10, 1)
        assert message in caught.value.message
        assert caught.value.message.startswith("check: ")
