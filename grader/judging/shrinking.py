"""Find the smallest example on which a submission still fails, with Hypothesis' shrinker."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import itertools
import time
from collections.abc import Callable, Iterable
from random import Random
from typing import Any

import msgspec
import numpy as np

from grader.authoring.exercises import Probe
from grader.authoring.strategies.context import Rejected
from grader.authoring.strategies.convert import to_plain
from grader.authoring.strategies.drawing import draw_example
from grader.authoring.strategies.engine import HYPOTHESIS_LOCK, alone
from grader.authoring.strategies.sources import HypothesisSource
from grader.judging.examples.bank import generated
from grader.judging.traits import ODD
from grader.records.errors import AuthorError
from grader.records.observations import Example, encode_example
from grader.records.values import MappingValue, SequenceValue, TensorValue, Value

_SEARCHED = 600
"""How many examples of the bank's stream are drawn again to find the choices behind the one to start from."""
_MOST_ASKED = 250
"""How many examples a search asks about. This ends it, and not the clock, so that a busy machine finds the same."""
_FULL_TRIED = 40
"""How many are tried in search of one that is not empty, when the one to start from is."""

Choices = tuple[int | bytes, ...]


class _Failing(Exception):
    """Tells Hypothesis that an example fails."""


class _Stop(BaseException):
    """Leaves Hypothesis at once: enough was asked, time is up, or the caller's `fails` raised."""


@dataclasses.dataclass
class _Search:
    """The smallest failing example so far; asks `fails` once per example."""

    fails: Callable[[Example], bool]
    deadline: float
    best: Example | None
    rank: tuple[bool, bool, int, float] | None
    known: dict[bytes, bool] = dataclasses.field(default_factory=dict)
    error: BaseException | None = None
    only_full: bool = False
    """Whether empty examples are passed over: once a full one is known to fail, it is the one to shrink."""

    def __call__(self, example: Example) -> bool:
        """Tell whether an example fails and explains well enough."""
        rank = size_of(example)
        if self.only_full and rank[0]:
            return False
        if time.monotonic() > self.deadline:
            raise _Stop
        key = encode_example(example)
        if key not in self.known:
            if len(self.known) >= _MOST_ASKED:
                raise _Stop
            try:
                self.known[key] = self.fails(example)
            except BaseException as error:
                self.error = error
                raise _Stop from error
            if self.known[key] and (self.rank is None or rank < self.rank):
                self.best, self.rank = example, rank
        return self.known[key]


def shrink(
    probe: Probe,
    fails: Callable[[Example], bool],
    start: Example | None,
    seed: int,
    seconds: float,
    max_examples: int,
) -> Example | None:
    """Return the smallest failing example found within `seconds`, never a larger one than `start`.

    `start` is an example known to fail. Where it comes from the bank that was drawn with the same `seed`, shrinking
    begins at it; otherwise, and without `start`, up to `max_examples` are drawn in search of a failing one. Returns
    `start` when nothing smaller fails. An exception of `fails` passes through. May be called from several threads;
    Hypothesis runs in one of them at a time, and waiting for that is no time of the search's own.

    Small is what explains well: nothing empty before something empty, ordinary numbers laid out in order before others,
    then few encoded bytes, then numbers near 0.
    """
    _warm()
    if not probe.arguments:
        return start
    with HYPOTHESIS_LOCK:
        return _shrunk(probe, fails, start, seed, seconds, max_examples)


def _shrunk(
    probe: Probe,
    fails: Callable[[Example], bool],
    start: Example | None,
    seed: int,
    seconds: float,
    max_examples: int,
) -> Example | None:
    search = _Search(fails, time.monotonic() + seconds, start, None if start is None else size_of(start))
    try:
        choices = _start(probe, search, start, seed, max_examples)
        search.only_full = search.rank is not None and not search.rank[0]
        _find(probe, search, choices, seed, max_examples)
    except _Stop:
        if search.error is not None:
            raise search.error from None
    return search.best


def size_of(example: Example) -> tuple[bool, bool, int, float]:
    """Return the order of examples: whether a tensor or list is empty, whether it is odd in some other way, encoded
    length, magnitude of the elements.

    >>> size_of(Example({"n": 2})) < size_of(Example({"n": 3}))
    True
    """
    leaves = [leaf for value in example.arguments.values() for leaf in _leaves(value)]
    arrays = [to_plain(leaf) for leaf in leaves if not isinstance(leaf, TensorValue) or leaf.dtype != "bfloat16"]
    empty = any(isinstance(array, np.ndarray | list | tuple) and np.size(array) == 0 for array in arrays)
    magnitude = sum(_magnitude(array) for array in arrays)
    odd = bool(example.gradient) or any(trait(example) for trait in ODD)
    return empty, odd, len(encode_example(msgspec.structs.replace(example, seed=0))), magnitude


@functools.cache
def _warm() -> None:
    """Use Hypothesis once: what it loads at its first run would use up the time of the first submission."""
    import hypothesis
    from hypothesis import strategies as st

    with alone():
        settings = hypothesis.settings(database=None, deadline=None)
        hypothesis.find(st.integers(0, 9), lambda number: number > 1, settings=settings, random=Random(0))


def _start(probe: Probe, search: _Search, start: Example | None, seed: int, max_examples: int) -> Choices | None:
    """Return the choices behind `start`, or behind an example of the bank's stream that fails and explains better."""
    found: Choices | None = None
    if start is not None:
        same = (d for d in itertools.islice(generated(probe, seed, _SEARCHED), _SEARCHED) if d.example == start)
        found = next((drawn.choices for drawn in same), None)
        if found is not None and not size_of(start)[0]:
            return found
        max_examples = min(max_examples, _FULL_TRIED)
    for drawn in itertools.islice(generated(probe, seed, max_examples), max_examples):
        if search(drawn.example) and (start is None or not size_of(drawn.example)[0]):
            return drawn.choices
    return found


def _find(probe: Probe, search: _Search, choices: Choices | None, seed: int, max_examples: int) -> None:
    """Let Hypothesis shrink from recorded choices, or find a failing example itself; `search` keeps the smallest."""
    import hypothesis
    from hypothesis import strategies as st

    @st.composite
    def examples(draw: st.DrawFn) -> Example:
        try:
            return draw_example(probe.arguments, HypothesisSource(draw, loose=choices is not None))
        except (Rejected, AuthorError):
            hypothesis.reject()

    first = hypothesis.Phase.generate if choices is None else hypothesis.Phase.reuse

    # The outermost decorator is applied last: a seed alone would switch the database off.
    @hypothesis.settings(
        max_examples=max(max_examples, 1),
        database=None if choices is None else _beginning_with(choices),
        deadline=None,
        derandomize=False,
        phases=[first, hypothesis.Phase.shrink],
        report_multiple_bugs=False,
        suppress_health_check=list(hypothesis.HealthCheck),
        verbosity=hypothesis.Verbosity.quiet,
    )
    @hypothesis.seed(seed)
    @hypothesis.given(examples())
    def attempt(example: Example) -> None:
        if search(example):
            raise _Failing

    # `search` holds what was found; a submission that answers now so, now so is the caller's to tell.
    with alone(), contextlib.suppress(_Failing, hypothesis.errors.Unsatisfiable, hypothesis.errors.Flaky):
        attempt()


def _beginning_with(choices: Choices) -> Any:
    """Return an example database that holds these choices alone, for whatever key Hypothesis asks."""
    from hypothesis.database import ExampleDatabase, choices_to_bytes

    # One choice too many: an entry that is replayed exactly is taken for shrunk already.
    entry = choices_to_bytes((*choices, 0))

    class Start(ExampleDatabase):
        def fetch(self, key: bytes) -> Iterable[bytes]:
            return [entry]

        def save(self, key: bytes, value: bytes) -> None:
            """Keep nothing: `search` remembers."""

        def delete(self, key: bytes, value: bytes) -> None:
            """Keep the entry: it is asked for once."""

    return Start()


def _leaves(value: Value) -> list[Value]:
    if isinstance(value, SequenceValue) and value.items:
        return [leaf for item in value.items for leaf in _leaves(item)]
    if isinstance(value, MappingValue):
        return [leaf for _, item in value.items for leaf in _leaves(item)]
    return [value]


def _magnitude(plain: Any) -> float:
    """Add up the absolute values, with a surcharge for fractions: whole numbers read better."""
    if isinstance(plain, str | bytes):
        return float(len(plain))
    if plain is None:
        return 0.0
    array = np.nan_to_num(np.abs(np.asarray(plain, np.float64)), nan=1e6, posinf=1e6)
    return float(array.sum() + np.count_nonzero(array % 1))
