"""What a results store keeps, in words that need no database."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from grader.records.verdict import Verdict
from grader.results.report import Sandbox


@dataclasses.dataclass(frozen=True)
class Result:
    """A verdict and how it was made."""

    verdict: Verdict
    sandbox: Sandbox
    seconds: float = 0.0
    """Wall time of the submission that it was made with."""


@dataclasses.dataclass(frozen=True)
class Owner:
    """Whose result it is."""

    student: str
    assignment: str
    exercise: str
    attempt: str = ""
    """When an earlier attempt was handed in; "" for the last one."""


@dataclasses.dataclass(frozen=True)
class RunNote:
    """What is remembered of a run, besides when and by whom."""

    course: str
    how: str
    """The command line."""
    versions: Mapping[str, str]


@dataclasses.dataclass(frozen=True)
class Grading:
    """A result as the history has it."""

    key: str
    outcome: str
    points: float | None
    max_points: float


@dataclasses.dataclass(frozen=True)
class Change:
    """A result as it became, with the run that made it so."""

    exercise: str
    outcome: str
    points: float | None
    max_points: float
    run: int
    who: str
    started: str
    how: str
    versions: Mapping[str, str]
    attempt: str = ""
