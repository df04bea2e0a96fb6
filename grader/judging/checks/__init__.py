"""Compares a submission's observation with the reference's: one module a check, all of them pure functions.

Every check has the same shape, `check(expected, actual, policy, limits) -> iterator of findings`, and
imports no torch: values are compared as numpy arrays of the bytes that crossed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from grader.authoring.exercises import Policy
from grader.judging.checks import aliasing, gradient, mutation, outcome, rng, value
from grader.records.findings import Finding
from grader.records.limits import Limit
from grader.records.observations import Observation

__all__ = ["CHECKS", "Check", "compare"]


class Check(Protocol):
    """One thing that is compared."""

    def __call__(
        self, expected: Observation, actual: Observation, policy: Policy, limits: Mapping[str, Limit]
    ) -> Iterator[Finding]:
        """Yield what differs."""
        ...


CHECKS: dict[str, Check] = {
    "outcome": outcome.check,
    "value": value.check,
    "gradient": gradient.check,
    "mutation": mutation.check,
    "aliasing": aliasing.check,
    "rng": rng.check,
}
"""In the order in which a person wants to read them."""

_NONE: Mapping[str, Limit] = {}


def compare(
    expected: Observation, actual: Observation, policy: Policy, limits: Mapping[str, Limit] = _NONE
) -> tuple[Finding, ...]:
    """Return every difference between two observations of one example, musts first.

    `limits` is what was measured to be allowed of floating results; the dtypes' own tolerances where there is nothing.

    When the outcomes differ that is the only finding: nothing else can be compared.

    >>> from grader.records.observations import Observation
    >>> compare(Observation("returned", 3), Observation("returned", 3), Policy())
    ()
    >>> compare(Observation("returned", 3), Observation("returned", 4), Policy())[0].message
    'expected 3, got 4'
    """
    findings: list[Finding] = []
    for name, check in CHECKS.items():
        findings.extend(check(expected, actual, policy, limits))
        if name == "outcome" and findings:
            break
    return tuple(sorted(findings, key=lambda finding: not finding.must))
