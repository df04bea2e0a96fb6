"""Where choices come from: a seeded generator that corners may steer, or Hypothesis."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any

from grader.authoring.strategies.context import Chosen
from grader.authoring.strategies.engine import alone
from grader.records.errors import AuthorError

SizeRule = Callable[[str, int], int | None]
"""From the name of a size and its rank of appearance to the size wanted, None to leave it to chance."""
RARE = frozenset({"wide", "far"})
"""Options that chance alone never takes, where there are others: a corner asks for them."""
_POOL = 8
_LOOSE = 1 << 16


@dataclasses.dataclass(frozen=True)
class Corner:
    """A systematic example: which options it wants, where there are any; the rest is left to chance."""

    name: str
    size: SizeRule | None = None
    wants: Mapping[str, Callable[[Any], bool]] = dataclasses.field(default_factory=dict)
    """Kind of choice to the options wanted."""


@dataclasses.dataclass
class RandomSource:
    """Choices from a seeded generator, recorded so that Hypothesis can replay and shrink them."""

    random: Random
    corner: Corner | None = None
    pools: StrategyPools | None = None
    choices: list[int | bytes] = dataclasses.field(default_factory=list)
    replayable: bool = True
    """False once a Hypothesis strategy was drawn from: its choices are not recorded."""
    offered: dict[tuple[str, str], Sequence[Any]] = dataclasses.field(default_factory=dict)
    """What there was to choose from, by kind and key."""

    def pick(self, kind: str, options: Sequence[Chosen], key: str = "") -> Chosen:
        """Choose one of the options, as the corner wants or by chance."""
        if not options:
            raise AuthorError(f"there is nothing to choose from for {kind} of {key!r}")
        wanted = self._wanted(kind, options, key) if self.corner else None
        self.offered.setdefault((kind, key), options)
        if len(options) == 1:
            return options[0]
        index = self.random.choice(wanted or _common(options))
        # Options that are likelier than others stand there several times; the choice is that of the first.
        self.choices.append(options.index(options[index]))
        return options[index]

    def raw(self, count: int) -> bytes:
        """Return random bytes."""
        if count == 0:
            return b""
        drawn = self.random.randbytes(count)
        self.choices.append(drawn)
        return drawn

    def strategy(self, strategy: Any) -> Any:
        """Take one of a few values drawn by Hypothesis."""
        self.replayable = False
        if self.pools is None:
            self.pools = StrategyPools(self.random.getrandbits(64))
        return self.pools.take(strategy)

    def _wanted(self, kind: str, options: Sequence[Any], key: str) -> list[int]:
        corner = self.corner
        if corner is None:
            return []
        if kind == "size" and corner.size is not None:
            rank = sum(known == "size" and name != key for known, name in self.offered)
            size = corner.size(key, rank)
            if size is not None:
                return [min(range(len(options)), key=lambda i: (abs(options[i] - size), options[i]))]
        accepts = corner.wants.get(kind)
        return [] if accepts is None else [i for i, option in enumerate(options) if accepts(option)]


def _common(options: Sequence[Any]) -> Sequence[int]:
    """Return the places of the options that chance may take; options may be a range of billions."""
    if not isinstance(options, tuple | list):
        return range(len(options))
    common = [place for place, option in enumerate(options) if not (isinstance(option, str) and option in RARE)]
    return common or range(len(options))


class HypothesisSource:
    """Choices that Hypothesis makes, in the same order as `RandomSource` records them."""

    def __init__(self, draw: Callable[[Any], Any], *, loose: bool = False) -> None:
        """With `loose`, bytes drawn for a larger tensor still fit a smaller one: for shrinking recorded choices."""
        self._draw = draw
        self._loose = loose

    def pick(self, kind: str, options: Sequence[Chosen], key: str = "") -> Chosen:
        """Choose one of the options; shrinking moves to the front."""
        if len(options) == 1:
            return options[0]
        index: int = self._draw(_index(len(options)))
        return options[index]

    def raw(self, count: int) -> bytes:
        """Draw bytes; shrinking turns them into zeros."""
        if count == 0:
            return b""
        drawn: bytes = self._draw(_bytes(0, _LOOSE) if self._loose else _bytes(count, count))
        return drawn[:count].ljust(count, b"\0")

    def strategy(self, strategy: Any) -> Any:
        """Draw from the strategy itself."""
        return self._draw(strategy)


class StrategyPools:
    """Values of Hypothesis strategies, drawn a few at a time: starting its engine is what costs."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._pools: dict[int, tuple[Any, list[Any], int]] = {}

    def take(self, strategy: Any) -> Any:
        """Return one more value of this strategy."""
        # The strategy is kept beside its values, so that its id stays its own.
        _, values, asked = self._pools.get(id(strategy), (strategy, [], _POOL // 2))
        if not values:
            asked = min(asked * 2, 128)
            values = draw_many(strategy, self._random.getrandbits(64), asked)
            self._random.shuffle(values)
        value = values.pop()
        self._pools[id(strategy)] = (strategy, values, asked)
        return value


def draw_many(strategy: Any, seed: int, count: int) -> list[Any]:
    """Draw up to `count` values of a Hypothesis strategy, the same ones for the same seed.

    Raises `AuthorError` when it yields none.
    """
    import hypothesis

    values: list[Any] = []

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=count,
        database=None,
        deadline=None,
        derandomize=False,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(strategy)
    def collect(value: Any) -> None:
        values.append(value)

    with alone():
        try:
            collect()
        except hypothesis.errors.Unsatisfiable:
            values.clear()
    if not values:
        raise AuthorError("the strategy filters out everything", hint="Build valid values rather than filter for them.")
    return values


@functools.cache
def _index(count: int) -> Any:
    from hypothesis import strategies

    return strategies.integers(0, count - 1)


@functools.cache
def _bytes(least: int, most: int) -> Any:
    from hypothesis import strategies

    return strategies.binary(min_size=least, max_size=most)
