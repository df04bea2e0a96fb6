from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from grader.authoring import axis_of, just, tensors
from grader.authoring.declarations import make_probe
from grader.authoring.exercises import Probe
from grader.authoring.strategies.convert import to_plain
from grader.authoring.strategies.drawing import explicit_example
from grader.judging.examples.bank import draw_bank
from grader.judging.shrinking import shrink, size_of
from grader.records.observations import Example, decode_example


def matrix(submission, x=tensors("r c")): ...
def along(submission, x=tensors("..."), dim=axis_of("x", nonempty=True)): ...
def numbers(submission, n=st.lists(st.integers(0, 100))): ...
def nothing(submission): ...


def probe_of(run: Callable[..., Any]) -> Probe:
    probe = make_probe(run)
    probe.id = f"sample.{run.__name__}/{run.__name__}"
    return probe


def plain(example: Example, name: str = "x") -> Any:
    return to_plain(example.arguments[name])


def wide(example: Example) -> bool:
    return bool(plain(example).shape[1] >= 2)


def examples(probe: Probe, seed: int = 1) -> list[Example]:
    return [decode_example(body) for body in draw_bank(probe, 60, seed).examples]


def test_the_result_is_never_larger_than_the_start() -> None:
    probe = probe_of(matrix)
    for start in list(filter(wide, examples(probe)))[::6]:
        smallest = shrink(probe, wide, start, 1, 10.0, 100)
        assert smallest is not None
        assert wide(smallest)
        assert size_of(smallest) <= size_of(start)


def test_when_nothing_else_fails_the_start_comes_back() -> None:
    probe = probe_of(matrix)
    start = examples(probe)[-1]
    assert shrink(probe, lambda e: e == start, start, 1, 5.0, 50) == start


def test_without_a_start_one_is_searched_for() -> None:
    smallest = shrink(probe_of(matrix), wide, None, 3, 10.0, 100)
    assert smallest is not None
    assert plain(smallest).shape == (1, 2)
    assert shrink(probe_of(matrix), lambda e: False, None, 3, 10.0, 50) is None


def test_an_explicit_start_is_replaced_by_something_smaller() -> None:
    probe = probe_of(matrix)
    start = explicit_example(probe.arguments, {"x": np.ones((40, 30), np.float32)})
    smallest = shrink(probe, wide, start, 3, 10.0, 100)
    assert smallest is not None
    assert plain(smallest).shape == (1, 2)


def test_a_full_example_is_preferred_to_an_empty_one() -> None:
    def flat(example: Example) -> bool:
        return bool(plain(example).shape[0] != plain(example).shape[1])

    probe = probe_of(matrix)
    empty = next(e for e in examples(probe) if flat(e) and plain(e).size == 0)
    smallest = shrink(probe, flat, empty, 1, 10.0, 100)
    assert smallest is not None
    assert sorted(plain(smallest).shape) == [1, 2]


def test_an_empty_example_stays_where_only_empty_ones_fail() -> None:
    probe = probe_of(matrix)
    empty = next(e for e in examples(probe) if plain(e).size == 0)
    smallest = shrink(probe, lambda e: plain(e).size == 0, empty, 1, 10.0, 100)
    assert smallest is not None
    assert plain(smallest).size == 0


def test_hypothesis_strategies_are_shrunk_too() -> None:
    smallest = shrink(probe_of(numbers), lambda e: sum(plain(e, "n")) > 30, None, 1, 10.0, 200)
    assert smallest is not None
    assert plain(smallest, "n") == [31]


def test_the_same_seed_gives_the_same_example() -> None:
    probe = probe_of(along)

    def negative(example: Example) -> bool:
        return bool(plain(example).sum() < -3 and plain(example, "dim") < 0)

    start = next(filter(negative, examples(probe)))
    first, second = (shrink(probe, negative, start, 1, 30.0, 100) for _ in range(2))
    assert first == second


def test_time_is_kept() -> None:
    probe = probe_of(matrix)
    start = next(filter(wide, examples(probe)))
    asked = []

    def slow(example: Example) -> bool:
        asked.append(example)
        time.sleep(0.05)
        return wide(example)

    smallest = shrink(probe, slow, start, 1, 0.2, 1000)
    assert smallest is not None
    assert len(asked) <= 10


def test_an_error_of_the_caller_passes_through() -> None:
    def broken(example: Example) -> bool:
        raise OSError("the runner is gone")

    probe = probe_of(matrix)
    with pytest.raises(OSError, match="the runner is gone"):
        shrink(probe, broken, examples(probe)[-1], 1, 10.0, 100)
    with pytest.raises(OSError, match="the runner is gone"):
        shrink(probe_of(numbers), broken, None, 1, 10.0, 100)


def test_a_flickering_failure_ends_with_the_best_seen() -> None:
    probe = probe_of(matrix)
    start = next(filter(wide, examples(probe)))
    turns = iter([True, False] * 1000)
    assert shrink(probe, lambda e: next(turns) and wide(e), start, 1, 10.0, 100) is not None


def test_a_probe_without_arguments_has_nothing_to_shrink() -> None:
    probe = probe_of(nothing)
    start = decode_example(draw_bank(probe, 10, 1).examples[0])
    assert shrink(probe, lambda e: True, start, 1, 5.0, 10) == start


def test_several_threads_shrink_one_after_the_other() -> None:
    probe = probe_of(matrix)
    start = next(filter(wide, examples(probe)))
    results: list[Example | None] = []
    threads = [
        threading.Thread(target=lambda: results.append(shrink(probe, wide, start, 1, 60.0, 100))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [plain(result).shape for result in results if result is not None] == [(1, 2)] * 4


def test_order_of_examples() -> None:
    probe = probe_of(matrix)
    shapes: list[Any] = [np.zeros((1, 1)), np.ones((1, 1)), np.full((1, 1), 0.5), np.zeros((1, 2)), np.zeros((0, 1))]
    ranks = [size_of(explicit_example(probe.arguments, {"x": x})) for x in shapes]
    assert sorted(ranks) == [ranks[0], ranks[1], ranks[2], ranks[3], ranks[4]]


def test_constants_need_no_choices() -> None:
    def constant(submission, n=just(3)): ...

    smallest = shrink(probe_of(constant), lambda e: True, None, 1, 5.0, 10)
    assert smallest is not None
    assert plain(smallest, "n") == 3
