"""The systematic examples of a probe: what a grader that sees a few happy values would miss."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random
from typing import Any

from grader.authoring.strategies.context import Rejected
from grader.authoring.strategies.drawing import draw_example
from grader.authoring.strategies.sources import RARE, Corner, RandomSource, SizeRule, StrategyPools

_DRY_RUNS = 12
_COVERED = (
    "dtype",
    "elements",
    "special",
    "layout",
    "rank",
    "smaller",
    "palette",
    "density",
    "choice",
    "boolean",
    "module",
    "mode",
)
"""Kinds of choice of which every option is seen at least once."""
_FIRST = ("contiguous", "small", "float32")
"""Options that need no corner of their own: ordinary examples have them."""

Wants = dict[str, Callable[[Any], bool]]

_BESIDE: dict[Any, Wants] = {
    "fine": {"dtype": lambda dtype: dtype == "float64", "gradient": bool},
    "wide": {"gradient": lambda names: not names},
    "far": {"gradient": lambda names: not names, "dtype": lambda dtype: dtype == "float32"},
}
"""What a corner wants beside the option. Digits are lost in float64 first; large numbers show overflow and cancellation
in results, but what they do to gradients depends on the way taken."""


def corners(arguments: Mapping[str, Any], seed: int, pools: StrategyPools, where: str = "") -> list[Corner]:
    """Return the corners that a probe has, the most telling first.

    A few dry draws show which sizes can be 0 and which options there are. Raises `AuthorError` as drawing does.
    """
    offered = _offered(arguments, seed, pools, where)
    return list(_corners(offered))


def _corners(offered: Mapping[tuple[str, str], Sequence[Any]]) -> Iterator[Corner]:
    graded: Wants = {"gradient": bool}
    yield Corner("distinct sizes", _distinct, {**graded, "elements": _equal("distinct"), "axis": _front})
    yield Corner("falling sizes", _falling, {**graded, "dtype": _equal("float64"), "axis": _back})
    yield Corner("all sizes 1", lambda key, rank: 1)
    empty = [key for (kind, key), options in offered.items() if kind == "size" and 0 in options]
    for name in empty:
        yield Corner(f"{name} = 0", _only(name, 0), {"axis": _front})
    yield Corner("equal sizes", lambda key, rank: 3, {**graded, "elements": _equal("distinct")})
    for kind in _COVERED:
        options = dict.fromkeys(option for (known, _), some in offered.items() if known == kind for option in some)
        for option in options:
            if option not in _FIRST and len(options) > 1:
                wants = {kind: _equal(option), **_BESIDE.get(option, {})}
                yield Corner(f"{kind} {option}", _distinct, wants)
                if option in RARE:  # chance never takes it, and one example may not show it
                    yield Corner(f"{kind} {option} again", _falling, wants)
    if any(kind == "axis" for kind, _ in offered):
        yield Corner("axis counted from the back", _distinct, {"axis": _back})
        yield Corner("last axis", _falling, {"axis": _equal(-1)})
    for name in [key for (kind, key), options in offered.items() if kind == "size" and 1 in options]:
        yield Corner(f"{name} = 1", _only(name, 1), graded)
    yield Corner("largest sizes", lambda key, rank: 1 << 30, {"elements": _equal("distinct")})
    yield Corner("all sizes 0", lambda key, rank: 0)


def _offered(
    arguments: Mapping[str, Any], seed: int, pools: StrategyPools, where: str
) -> dict[tuple[str, str], Sequence[Any]]:
    offered: dict[tuple[str, str], Sequence[Any]] = {}
    for attempt in range(_DRY_RUNS):
        source = RandomSource(Random(f"{seed} dry {attempt}"), pools=pools)
        with contextlib.suppress(Rejected):  # what was offered before a rejection counts as well
            draw_example(arguments, source, where)
        offered |= source.offered
    return offered


def _distinct(key: str, rank: int) -> int:
    return 2 + rank % 4


def _falling(key: str, rank: int) -> int:
    return 5 - rank % 4


def _only(name: str, size: int) -> SizeRule:
    """Give one name this size, and the others different sizes from 2."""
    return lambda key, rank: size if key == name else _distinct(key, rank)


def _equal(wanted: Any) -> Callable[[Any], bool]:
    return lambda option: bool(option == wanted and type(option) is type(wanted))


def _front(axis: int) -> bool:
    return axis >= 0


def _back(axis: int) -> bool:
    return axis < 0
