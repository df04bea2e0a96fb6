"""The report as a sink: begun with a run, filled with every submission that is graded."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from grader.course.settings import Course
    from grader.judging.driver import Run
    from grader.judging.schedule import Graded
    from grader.records.verdict import Verdict
    from grader.results.report import Audience, Report, SubmissionReport


def empty_report(course: Course, seed: str | None, notes: tuple[str, ...] = ()) -> Report:
    """Return a report without submissions: the course, the seed and versions."""
    from importlib.metadata import version

    from grader import __version__
    from grader.results.report import Report, Sandbox

    versions = {"grader": __version__, "python": sys.version.split()[0]}
    versions |= {name: version(name) for name in ("torch", "numpy", "hypothesis")}
    drawn = course.seed() if seed is None else seed
    return Report(course=course.id, seed=drawn, versions=versions, sandbox=Sandbox(), notes=notes)


def report_of(graded: Graded) -> SubmissionReport:
    """Return the report on one graded submission."""
    from grader.results.report import submission_report

    one = graded.submission
    return submission_report(
        one.student, one.assignment, one.source, graded.verdicts, seconds=graded.seconds, notes=one.notes
    )


class ReportSink:
    """Gathers a report, and writes it to a file while it grows. Use it as a context manager around the run."""

    def __init__(
        self,
        blank: Report,
        path: Path | None = None,
        audience: Audience = "instructor",
        earlier: Report | None = None,
    ) -> None:
        from grader.results.writer import ReportWriter

        self._writer = ReportWriter(path, blank, audience=audience, earlier=earlier)

    @property
    def report(self) -> Report:
        """What was graded so far; complete after the context has ended well."""
        return self._writer.report

    @property
    def partial(self) -> Path | None:
        """Where the report of a run that was stopped lies, beside the one that it was to replace."""
        return self._writer.partial

    def __enter__(self) -> ReportSink:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._writer.__exit__(kind, error, traceback)

    def begin(self, run: Run) -> None:
        """Note how submissions are locked down, and write the report as yet without any."""
        self._writer.report = msgspec.structs.replace(self._writer.report, sandbox=run.sandbox)
        self._writer.write()

    def add(self, graded: Graded, place: int) -> None:
        """Add a submission's verdicts; of an earlier attempt, what it earned."""
        if graded.submission.attempt:
            self._writer.add_attempt(report_of(graded), graded.submission.attempt)
        else:
            self._writer.add(report_of(graded), place)


class EachSink:
    """Gathers the reports on submissions, earlier attempts among them, by their place among the tasks."""

    def __init__(self) -> None:
        self._by_place: dict[int, tuple[str, SubmissionReport]] = {}

    @property
    def graded(self) -> list[tuple[str, SubmissionReport]]:
        """When each was handed in, "" for the last attempt, and its report."""
        return [self._by_place[place] for place in sorted(self._by_place)]

    def begin(self, run: Run) -> None:
        """Nothing is known yet."""

    def add(self, graded: Graded, place: int) -> None:
        """Keep the report on one submission."""
        self._by_place[place] = graded.submission.attempt, report_of(graded)


class VerdictSink:
    """Gathers the verdicts on every submission, by its place among the tasks."""

    def __init__(self) -> None:
        self.by_place: dict[int, tuple[Verdict, ...]] = {}

    def begin(self, run: Run) -> None:
        """Nothing is known yet."""

    def add(self, graded: Graded, place: int) -> None:
        """Keep a submission's verdicts."""
        self.by_place[place] = graded.verdicts


def refuse_weak(level: str, allowed: bool) -> None:
    """Raise `UsageError` when student code cannot be locked down here and nobody accepted that."""
    from grader.records.errors import UsageError

    if level == "weak" and not allowed:
        raise UsageError(
            "this host cannot lock student code down (level weak): nothing was graded",
            hint="Run on Linux with seccomp and landlock, or accept the risk with --allow-weak "
            "(see docs/maintainers/security.md).",
        )
