"""Draw the examples of a probe: explicit ones, corners, then seeded draws."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from random import Random
from typing import TYPE_CHECKING

import msgspec

from grader.authoring.exercises import Probe
from grader.authoring.strategies.context import Rejected
from grader.authoring.strategies.corners import corners
from grader.authoring.strategies.drawing import draw_example, explicit_example
from grader.authoring.strategies.sources import Corner, HypothesisSource, RandomSource, StrategyPools
from grader.records.errors import AuthorError
from grader.records.observations import Example, encode_example
from grader.records.values import ValueProblem, validate

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_TRIES = 40
"""Draws in a row that may be rejected or repeat an earlier example before the bank is taken to be complete."""


class Bank(msgspec.Struct, frozen=True):
    """The examples of one probe: encoded `Example` records, explicit and corner examples first."""

    probe_id: str
    examples: tuple[bytes, ...]

    def sent(self, probe: Probe) -> tuple[bytes, ...]:
        """Return the examples where runners do not hold them from the start: those of a hidden probe."""
        return self.examples if probe.hidden else ()


class Drawn(msgspec.Struct, frozen=True):
    """An example with the choices that lead to it, from which shrinking starts."""

    example: Example
    choices: tuple[int | bytes, ...] | None
    """None when a Hypothesis strategy had a part in it."""


def draw_bank(probe: Probe, count: int, seed: int) -> Bank:
    """Draw about `count` different examples: explicit ones, at most half as many corners, then seeded draws.

    The result depends on the probe's definition, `count` and `seed` alone. A probe whose input space is smaller than
    `count` gets fewer. Raises `AuthorError`, naming the probe and the argument, when an input space rejects every
    draw, raises, or yields what cannot be sent.
    """
    where = f"{probe.id or probe.name}: "
    found: dict[bytes, None] = {}
    for given in probe.explicit:
        found[encode_example(explicit_example(probe.arguments, given, where))] = None
    for drawn in generated(probe, seed, max(count, 1), len(found)):
        found[encode_example(_checked(drawn.example, where))] = None
        if len(found) >= max(count, 1):
            break
    if not found:
        raise AuthorError(
            f"{where}the input spaces reject every draw ({_TRIES} in a row)",
            hint="Bound the sizes so that most draws are valid, or derive one argument from another.",
        )
    return Bank(probe.id, tuple(found))


def generated(probe: Probe, seed: int, count: int, explicit: int = 0) -> Iterator[Drawn]:
    """Yield the examples that are not explicit, in the bank's order, each once; endless but for small input spaces."""
    where = f"{probe.id or probe.name}: "
    stream = f"{seed} {probe.id}"
    pools = StrategyPools(Random(stream).getrandbits(64))
    systematic = corners(probe.arguments, Random(stream).getrandbits(64), pools, where)
    seen: set[bytes] = set()
    for index, corner in enumerate(systematic[: max((count - explicit) // 2, 1)]):
        drawn = _one(probe, Random(f"{stream} corner {index}"), corner, pools, where)
        if drawn is not None and _is_new(drawn.example, seen):
            yield drawn
    tries = index = 0
    while tries < _TRIES:
        drawn = _one(probe, Random(f"{stream} {index}"), None, pools, where)
        index += 1
        tries += 1
        if drawn is not None and _is_new(drawn.example, seen):
            tries = 0
            yield drawn


def example_strategy(probe: Probe) -> SearchStrategy[Example]:
    """Return a Hypothesis strategy for the probe's examples."""
    from hypothesis import reject
    from hypothesis import strategies as st

    where = f"{probe.id or probe.name}: "

    @st.composite
    def examples(draw: st.DrawFn) -> Example:
        try:
            return draw_example(probe.arguments, HypothesisSource(draw), where)
        except Rejected:
            reject()

    return examples()


def example_digest(probe_id: str, example: bytes) -> str:
    """Return by what an encoded example of a probe is known between runs.

    >>> example_digest("einsum.trace/trace", b"")
    '60d0e0a1bc3bb0ff'
    """
    return hashlib.blake2b(probe_id.encode() + b"\0" + example, digest_size=8).hexdigest()


def _one(probe: Probe, random: Random, corner: Corner | None, pools: StrategyPools, where: str) -> Drawn | None:
    source = RandomSource(random, corner, pools)
    try:
        example = draw_example(probe.arguments, source, where)
    except Rejected:
        return None
    return Drawn(example, tuple(source.choices) if source.replayable else None)


def _is_new(example: Example, seen: set[bytes]) -> bool:
    encoded = encode_example(example)
    if encoded in seen:
        return False
    seen.add(encoded)
    return True


def _checked(example: Example, where: str) -> Example:
    for name, value in example.arguments.items():
        try:
            validate(value)
        except ValueProblem as error:
            raise AuthorError(
                f"{where}argument {name!r}: {error}", hint="Draw smaller or simpler values for this argument."
            ) from error
    return example
