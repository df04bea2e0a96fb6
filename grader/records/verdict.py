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


class Total(msgspec.Struct, frozen=True):
    """The sum over a submission's exercises."""

    points: float | None
    """None as soon as one exercise was not judged."""
    judged_points: float
    """Points of the exercises that were judged: a lower bound of the final total."""
    max_points: float
    not_judged: tuple[str, ...] = ()
    """Ids of the exercises to be graded again."""


def score(outcome: Outcome, max_points: float) -> float | None:
    """Return the points for an exercise: all of them for `passed`, None for `not_judged`, otherwise 0.

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
    return float(max_points) if outcome == "passed" else 0.0


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
) -> Verdict:
    """Make the verdict on an exercise.

    Raises `ValueError` when `passed` contradicts the evidence: a finding that costs points, or no example compared.

    >>> decide("einsum.trace", "passed", 1.0, examples=100).points
    1.0
    """
    findings = tuple(findings)
    if outcome == "passed":
        if any(finding.must for finding in findings):
            raise ValueError(f"{exercise}: passed, and yet a finding costs its points")
        if examples < 1:
            raise ValueError(f"{exercise}: passed without a single example")
    return Verdict(
        exercise=exercise,
        title=title,
        outcome=outcome,
        points=score(outcome, max_points),
        max_points=float(max_points),
        examples=examples,
        seconds=seconds,
        findings=findings,
        hints=tuple(hints),
        hidden_examples=hidden_examples,
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
