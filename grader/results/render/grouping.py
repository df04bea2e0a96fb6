"""Which findings belong together: those on one input are told once, with the input once."""

from __future__ import annotations

import dataclasses

from grader.records.findings import Finding
from grader.records.text.saying import say_count
from grader.results.report import ExerciseReport, SubmissionReport


@dataclasses.dataclass(frozen=True)
class Evidence:
    """Findings of one run of a probe on one input."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The finding that leads; the input, output and diagnosis of all are its."""
        return self.findings[0]


def by_input(findings: tuple[Finding, ...]) -> list[Evidence]:
    """Return findings by the input they were made on, in their order."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        group = groups.setdefault((finding.counterexample, finding.device, finding.probe), [])
        if finding not in group:
            group.append(finding)
    return [Evidence(tuple(group)) for group in groups.values()]


MOST = 3
"""Findings of one exercise that are told: what is mended first often mends the others."""


def foremost(findings: tuple[Finding, ...]) -> tuple[tuple[Finding, ...], str]:
    """Return the findings to tell, those that cost points first, and a sentence on the others; "" when none is left."""
    distinct = tuple(dict.fromkeys(sorted(findings, key=lambda finding: not finding.must)))
    left = len(distinct) - MOST
    more = say_count("{n} further finding is in the report.", "{n} further findings are in the report.", left)
    return distinct[:MOST], more if left > 0 else ""


@dataclasses.dataclass(frozen=True)
class Sorted:
    """A submission's exercises by how they are told."""

    unreadable: tuple[ExerciseReport, ...]
    """All of them for one and the same reason: told once."""
    missing: tuple[ExerciseReport, ...]
    """Not written yet: told in one list."""
    explained: tuple[ExerciseReport, ...]
    """Each with an explanation of its own."""
    advised: tuple[ExerciseReport, ...]
    """Passed, with a remark."""


def sort_exercises(submission: SubmissionReport) -> Sorted:
    """Return a submission's exercises by how they are told; those that passed without a remark are not among them."""
    unreadable, missing, explained, advised = [], [], [], []
    for exercise in submission.exercises:
        if exercise.outcome == "passed":
            if exercise.findings:
                advised.append(exercise)
        elif exercise.outcome == "unreadable":
            unreadable.append(exercise)
        elif exercise.outcome == "missing" and not any(one.counterexample for one in exercise.findings):
            missing.append(exercise)
        else:
            explained.append(exercise)
    return Sorted(tuple(unreadable), tuple(missing), tuple(explained), tuple(advised))
