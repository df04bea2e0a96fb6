"""What an exercise is worth: the one place where points are given and added up."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Literal, get_args

import msgspec

from grader.records.findings import Finding

Outcome = Literal[
    "passed",
    "failed",
    "raised",
    "timeout",
    "memory",
    "crashed",
    "protocol",
    "missing",
    "unloaded",
    "forbidden",
    "unreadable",
    "not_judged",
]
"""How an exercise ended.

`missing`: not defined or still the stub; `unloaded`: written, but it could not be loaded; `forbidden`: a ban or need is
broken; `unreadable`: the file cannot be parsed or found; `not_judged`: our own failure, to be graded again.
"""

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


class Part(msgspec.Struct, frozen=True):
    """A part of an exercise with points of its own."""

    name: str
    passed: bool
    points: float
    """What was earned for it: all of `max_points` or nothing."""
    max_points: float


class Tried(msgspec.Struct, frozen=True):
    """Which of an exercise's examples were tried, and came out wrong or not at all."""

    examples: str
    """The digest of all of them: where it is another one, they are others."""
    not_right: tuple[str, ...]
    """The digests of those on which the submission was not seen to be right, sorted."""


class Searched(msgspec.Struct, frozen=True):
    """A search among fresh inputs, by what needs no reference."""

    inputs: int
    """How many were tried."""
    laws: int
    """How many laws each result was held to."""
    seed: int
    """The same seed draws the same inputs."""


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The judgement on one exercise of one submission. Make it with `decide`, which fills in `points`."""

    exercise: str
    """The exercise's id, `<assignment>.<name>`."""
    title: str = ""
    outcome: Outcome
    points: float | None
    """None when the exercise was not judged: that is no zero, and must not become one in a gradebook."""
    max_points: float
    examples: int = 0
    """How many examples were compared."""
    seconds: float = 0.0
    """Time in the submission's own code."""
    findings: tuple[Finding, ...] = ()
    hints: tuple[str, ...] = ()
    hidden_examples: int = 0
    """How many of the examples belong to hidden probes; students are told of the others."""
    parts: tuple[Part, ...] = ()
    """Empty where it is all or nothing."""
    tried: Tried | None = None
    """Which examples it was right on; told to a student's own check alone."""
    searched: Searched | None = None
    """What was searched beyond them; None where nobody asked for it."""


class Total(msgspec.Struct, frozen=True):
    """The sum over a submission's exercises."""

    points: float | None
    """None as soon as one exercise was not judged."""
    judged_points: float
    """Points of the exercises that were judged: a lower bound of the final total."""
    max_points: float
    not_judged: tuple[str, ...] = ()
    """Ids of the exercises to be graded again."""


WHOLE: frozenset[Outcome] = frozenset({"missing", "unloaded", "forbidden", "unreadable", "protocol"})
"""What no part of an exercise survives."""


def score(outcome: Outcome, max_points: float, parts: Iterable[Part] = ()) -> float | None:
    """Return the points for an exercise: all for `passed`, None for `not_judged`, otherwise those of passed parts.

    Without parts that is 0, and so it is where no part could pass: forbidden, missing, ...
    Raises `ValueError` for an outcome or a number of points that cannot be.

    >>> score("passed", 2.0), score("failed", 2.0), score("not_judged", 2.0)
    (2.0, 0.0, None)
    """
    if outcome not in OUTCOMES:
        raise ValueError(f"outcome {outcome!r} is none of {', '.join(OUTCOMES)}")
    if not (math.isfinite(max_points) and max_points >= 0):
        raise ValueError(f"max_points must be a finite number of at least 0, not {max_points!r}")
    if outcome == "not_judged":
        return None
    if outcome == "passed":
        return float(max_points)
    return 0.0 if outcome in WHOLE else add(part.points for part in parts)


def decide(
    exercise: str,
    outcome: Outcome,
    max_points: float,
    *,
    title: str = "",
    examples: int = 0,
    seconds: float = 0.0,
    findings: Iterable[Finding] = (),
    hints: Iterable[str] = (),
    hidden_examples: int = 0,
    parts: Iterable[tuple[str, float, bool]] = (),
) -> Verdict:
    """Make the verdict on an exercise; `parts` are the names, points and success of those that it has.

    Raises `ValueError` when `passed` contradicts the evidence: a finding that costs points, no example compared, a part
    that failed; and when the parts do not add up.

    >>> decide("einsum.trace", "passed", 1.0, examples=100).points
    1.0
    >>> decide("einsum.trace", "failed", 3.0, parts=[("trace", 2.0, True), ("of_batches", 1.0, False)]).points
    2.0
    """
    findings = tuple(findings)
    made = tuple(
        Part(name, passed, float(most) if passed else 0.0, float(most))
        for name, most, passed in ((name, most, passed and outcome not in WHOLE) for name, most, passed in parts)
    )
    if made and abs(add(part.max_points for part in made) - max_points) > 1e-6:
        raise ValueError(f"{exercise}: its parts do not add up to {max_points:g} points")
    if outcome == "passed":
        if any(finding.must for finding in findings):
            raise ValueError(f"{exercise}: passed, and yet a finding costs its points")
        if examples < 1:
            raise ValueError(f"{exercise}: passed without a single example")
        if not all(part.passed for part in made):
            raise ValueError(f"{exercise}: passed, and yet a part of it failed")
    return Verdict(
        exercise=exercise,
        title=title,
        outcome=outcome,
        points=score(outcome, max_points, made),
        max_points=float(max_points),
        examples=examples,
        seconds=seconds,
        findings=findings,
        hints=tuple(hints),
        hidden_examples=hidden_examples,
        parts=made if outcome != "not_judged" else (),
    )


def total(verdicts: Iterable[Verdict]) -> Total:
    """Add up a submission's verdicts.

    >>> one = decide("einsum.trace", "passed", 0.1, examples=1)
    >>> total([one, one, one]).points
    0.3
    >>> total([one, decide("einsum.total", "not_judged", 1.0)])
    Total(points=None, judged_points=0.1, max_points=1.1, not_judged=('einsum.total',))
    """
    verdicts = tuple(verdicts)
    not_judged = tuple(verdict.exercise for verdict in verdicts if verdict.points is None)
    earned = add(verdict.points for verdict in verdicts if verdict.points is not None)
    return Total(
        points=None if not_judged else earned,
        judged_points=earned,
        max_points=add(verdict.max_points for verdict in verdicts),
        not_judged=not_judged,
    )


def add(points: Iterable[float]) -> float:
    """Return the sum of points, without the noise of binary fractions.

    >>> add([0.1, 0.1, 0.1])
    0.3
    """
    return round(math.fsum(points), 6)
