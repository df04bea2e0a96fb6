"""Grades one submission exercise by exercise and hands the results on after each, so that a time-out keeps points."""

from __future__ import annotations

import contextlib
import dataclasses
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from grader.course.loading import load_exercises
from grader.course.settings import Course
from grader.integrations.autograders.submission import handed_in
from grader.integrations.exporters.sheet import Sheet, sheet_of
from grader.judging.driver import Run, Task, drive, opened
from grader.judging.reporting import empty_report
from grader.judging.schedule import Graded, Options
from grader.records.verdict import Verdict
from grader.results.report import Report, submission_report
from grader.submissions.finding import Submission, read_submission

Publish = Callable[[Sheet, int, float], None]
"""Takes the scores so far, how many exercises there are, and the seconds since the start."""


@dataclasses.dataclass(frozen=True)
class Job:
    """One submission to one assignment."""

    course: Course
    assignment: str
    folder: Path
    student: str
    public: bool = False
    allow_weak: bool = False


def grade_one_by_one(job: Job, publish: Publish) -> Sheet:
    """Grade a submission, publish the scores after each exercise, and return them all.

    Raises `UsageError` where student code cannot be locked down and the job does not allow that.
    """
    ids = [one.id for one in load_exercises(job.course.root, job.assignment, not job.public)]
    options = Options(jobs=1, public=job.public, allow_weak=job.allow_weak)
    with contextlib.ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="grader-")))
        found = handed_in(job.course, job.assignment, job.folder, job.student, scratch)
        submission = read_submission(found)
        graders = stack.enter_context(opened(job.course, [job.assignment], options))
        sink = _Growing(empty_report(job.course, "public" if job.public else None), submission, len(ids), publish)
        drive(graders, [Task(submission, frozenset({one})) for one in ids], (sink,), options)
    return sink.sheet()


class _Growing:
    """A sink that has the results of one submission grow by an exercise at a time."""

    def __init__(self, blank: Report, submission: Submission, count: int, publish: Publish) -> None:
        self._report = blank
        self._submission = submission
        self._count = count
        self._publish = publish
        self._verdicts: list[Verdict] = []
        self._started = time.monotonic()

    def begin(self, run: Run) -> None:
        """Note how the submission is locked down."""
        self._report = msgspec.structs.replace(self._report, sandbox=run.sandbox)

    def add(self, graded: Graded, place: int) -> None:
        """Add an exercise's verdict and publish what there is."""
        self._verdicts += graded.verdicts
        self._publish(self.sheet(), self._count, time.monotonic() - self._started)

    def sheet(self) -> Sheet:
        """Return the scores so far, as a student may see them."""
        one = self._submission
        report = submission_report(
            one.student,
            one.assignment,
            one.source,
            self._verdicts,
            seconds=time.monotonic() - self._started,
            notes=one.notes,
        )
        return sheet_of(msgspec.structs.replace(self._report, submissions=(report,)), "student")
