"""Reports begun and filled from what was graded, for every command that grades."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.course.settings import Course
    from grader.judging.schedule import Graded
    from grader.results.report import Report, Sandbox, SubmissionReport


def empty_report(course: Course, seed: str | None, sandbox: Sandbox, notes: tuple[str, ...] = ()) -> Report:
    """Return a report without submissions: the course, the seed, versions and the sandbox."""
    from importlib.metadata import version

    from grader import __version__
    from grader.results.report import Report

    versions = {"grader": __version__, "python": sys.version.split()[0]}
    versions |= {name: version(name) for name in ("torch", "numpy", "hypothesis")}
    drawn = course.seed() if seed is None else seed
    return Report(course=course.id, seed=drawn, versions=versions, sandbox=sandbox, notes=notes)


def report_of(graded: Graded) -> SubmissionReport:
    """Return the report on one graded submission."""
    from grader.results.report import submission_report

    one = graded.submission
    return submission_report(
        one.student, one.assignment, one.source, graded.verdicts, seconds=graded.seconds, notes=one.notes
    )


def refuse_weak(level: str, allowed: bool) -> None:
    """Raise `UsageError` when student code cannot be locked down here and nobody accepted that."""
    from grader.records.errors import UsageError

    if level == "weak" and not allowed:
        raise UsageError(
            "this host cannot lock student code down (level weak): nothing was graded",
            hint="Run on Linux with seccomp and landlock, or accept the risk with --allow-weak (see docs/security.md).",
        )
