"""Grades what was chosen, through the one driver, and keeps where each submission lies."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.course.loading import load_exercises
from grader.course.settings import Course
from grader.integrations.ci.annotations import Annotation, annotations_of
from grader.integrations.ci.places import Lines
from grader.judging.driver import Task, drive, opened
from grader.judging.reporting import ReportSink, empty_report
from grader.judging.schedule import Options
from grader.results.report import Audience, Report, for_audience
from grader.submissions.finding import FoundSubmission, read_submission


@dataclasses.dataclass(frozen=True)
class Outcome:
    """A report, as its audience may see it, and the files that it is about."""

    report: Report
    files: dict[tuple[str, str], Path | None]
    """By student and assignment."""


def grade_found(course: Course, found: Sequence[FoundSubmission], options: Options, audience: Audience) -> Outcome:
    """Grade submissions. Raises `UsageError` where student code cannot be locked down and that is not allowed."""
    wanted = {one.assignment for one in found}
    names = [name for name in course.names if name in wanted]
    blank = empty_report(course, "public" if options.public else None)
    with opened(course, names, options) as graders, ReportSink(blank, None, audience) as sink:
        drive(graders, [Task(read_submission(one)) for one in found], (sink,), options)
    files = {(one.student, one.assignment): one.path for one in found}
    return Outcome(for_audience(sink.report, audience), files)


def all_annotations(course: Course, outcome: Outcome, base: Path) -> Iterator[Annotation]:
    """Yield what there is to say about each submission's file, with paths relative to a folder."""
    names: dict[str, Sequence[str]] = {}
    for submission in outcome.report.submissions:
        if not any(key.startswith(f"{submission.assignment}.") for key in names):
            names |= {one.id: one.names for one in load_exercises(course.root, submission.assignment, False)}
        path = outcome.files.get((submission.student, submission.assignment))
        yield from annotations_of(submission, _relative(path, base), Lines(path), names)


def _relative(path: Path | None, base: Path) -> str:
    if path is None:
        return "."
    resolved, folder = path.resolve(), base.resolve()
    return resolved.relative_to(folder).as_posix() if resolved.is_relative_to(folder) else str(path)
