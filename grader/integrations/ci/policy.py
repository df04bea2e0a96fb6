"""What decides the exit code of a run in CI."""

from __future__ import annotations

import re
from typing import Protocol

from grader.records.errors import EXIT_OK, EXIT_OURS, EXIT_STUDENT, UsageError
from grader.results.report import Report, SubmissionReport

_SHARE = re.compile(r"(\d{1,3})%")


class Policy(Protocol):
    """Says whether a submission is good enough."""

    def __call__(self, submission: SubmissionReport) -> bool:
        """Return whether a submission whose exercises were all judged is good enough."""
        ...


def policy_named(word: str) -> Policy:
    """Return the policy that a word names: `all`, `written`, `never` or a share of the points such as `60%`.

    Raises `UsageError` for another word.
    """
    share = _SHARE.fullmatch(word)
    if share and int(share[1]) <= 100:
        return lambda one: (one.points or 0.0) * 100 >= int(share[1]) * one.max_points - 1e-6
    known: dict[str, Policy] = {
        "all": lambda one: all(exercise.outcome == "passed" for exercise in one.exercises),
        "written": lambda one: all(exercise.outcome in ("passed", "missing") for exercise in one.exercises),
        "never": lambda one: True,
    }
    if word not in known:
        raise UsageError(
            f"there is no policy {word!r}", hint="Give all, written, never, or a share of the points such as 60%."
        )
    return known[word]


def exit_code(report: Report, policy: Policy) -> int:
    """Return 0 when every submission is good enough, 1 when one is not, 3 when that is not known by our own fault."""
    judged = [one for one in report.submissions if one.points is not None]
    if not all(map(policy, judged)):
        return EXIT_STUDENT
    return EXIT_OK if len(judged) == len(report.submissions) else EXIT_OURS
