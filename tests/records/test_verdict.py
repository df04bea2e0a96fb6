"""Points are given for `passed` alone, and what was not judged never becomes a zero."""

from __future__ import annotations

import pytest

from grader.records.findings import Finding
from grader.records.verdict import OUTCOMES, Outcome, decide, score, total

WRONG = Finding(kind="value", must=True, message="another value")
ADVICE = Finding(kind="aliasing", must=False, message="shares memory")


@pytest.mark.parametrize("outcome", [outcome for outcome in OUTCOMES if outcome not in ("passed", "not_judged")])
def test_no_outcome_but_passed_earns_points(outcome: Outcome) -> None:
    assert score(outcome, 3.0) == 0.0


def test_passed_earns_all_points_and_not_judged_none_at_all() -> None:
    assert score("passed", 3.0) == 3.0
    assert score("not_judged", 3.0) is None


def test_an_unknown_outcome_earns_nothing_and_is_named() -> None:
    with pytest.raises(ValueError, match="'perfect' is none of passed, failed"):
        score("perfect", 3.0)  # type: ignore[arg-type]  # what a typo or a forged message would give


@pytest.mark.parametrize("points", [float("nan"), float("inf"), -1.0])
def test_impossible_points_are_refused(points: float) -> None:
    with pytest.raises(ValueError, match="finite number of at least 0"):
        score("failed", points)


def test_passed_needs_an_example_and_no_finding_that_costs_points() -> None:
    with pytest.raises(ValueError, match=r"einsum\.trace: passed without a single example"):
        decide("einsum.trace", "passed", 1.0)
    with pytest.raises(ValueError, match="a finding costs its points"):
        decide("einsum.trace", "passed", 1.0, examples=5, findings=[WRONG])
    assert decide("einsum.trace", "passed", 1.0, examples=5, findings=[ADVICE]).points == 1.0


def test_totals_add_up_without_binary_noise() -> None:
    verdicts = [decide(f"einsum.e{i}", "passed", 0.1, examples=1) for i in range(3)]
    result = total([*verdicts, decide("einsum.f", "failed", 0.7)])
    assert (result.points, result.max_points) == (0.3, 1.0)


def test_a_total_is_unknown_while_an_exercise_is_not_judged() -> None:
    result = total([decide("einsum.a", "passed", 2.0, examples=1), decide("einsum.b", "not_judged", 1.0)])
    assert result.points is None
    assert (result.judged_points, result.max_points, result.not_judged) == (2.0, 3.0, ("einsum.b",))
