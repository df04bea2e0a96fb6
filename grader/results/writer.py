"""Writing a report while it grows, together with what lies in its place already."""

from __future__ import annotations

import time
from pathlib import Path
from types import TracebackType

import msgspec

from grader.records.writing import is_special, write_atomically
from grader.results.report import Attempt, Audience, Report, SubmissionReport, for_audience, to_json


class ReportWriter:
    """Writes a report as it grows, so that a run that is stopped loses nothing that was graded.

    As a context manager it writes once more at the end, whatever ended it: `complete` is true only after a run that
    came to its own end. Between, the file is rewritten at most every `interval` seconds; where a report lies already,
    it grows beside it, in `<name>.partial`, and replaces it when it is complete, together with what `earlier` holds of
    others. A device or a pipe is written to once, at the end. Without a path it only gathers.
    """

    def __init__(
        self,
        path: Path | None,
        report: Report,
        interval: float = 2.0,
        *,
        audience: Audience = "instructor",
        earlier: Report | None = None,
    ) -> None:
        self.path = path
        self._audience: Audience = audience
        self._earlier = earlier
        self.report = msgspec.structs.replace(report, complete=False)
        self._submissions = list(enumerate(report.submissions))
        self._attempts: dict[tuple[str, str], list[Attempt]] = {}
        self._interval = interval
        self._started = time.monotonic()
        self._written = self._started
        self._growing = self._place_to_grow()

    @property
    def partial(self) -> Path | None:
        """Where an unfinished report lies beside the one that it is to replace; None when there is none."""
        return self._growing if self._growing != self.path else None

    def __enter__(self) -> ReportWriter:
        self.write()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.write(complete=kind is None, last=True)

    def add(self, submission: SubmissionReport, position: int | None = None) -> None:
        """Add a graded submission, at a position of its own when submissions are finished out of order."""
        self._submissions.append((len(self._submissions) if position is None else position, submission))
        if len(self._submissions) == 1 or time.monotonic() - self._written >= self._interval:
            self.write()

    def add_attempt(self, submission: SubmissionReport, handed_in: str) -> None:
        """Add what an earlier attempt earned to the submission of that student."""
        made = Attempt(handed_in, submission.points, submission.max_points)
        self._attempts.setdefault((submission.student, submission.assignment), []).append(made)

    def _with_attempts(self, submission: SubmissionReport) -> SubmissionReport:
        found = self._attempts.get((submission.student, submission.assignment))
        if not found:
            return submission
        attempts = tuple(sorted(found, key=lambda one: one.handed_in))
        return msgspec.structs.replace(submission, attempts=attempts)

    def write(self, complete: bool = False, last: bool = False) -> Report:
        """Write what there is and return it; what holds an exercise that was not judged is not complete."""
        outcomes = {exercise.outcome for _, one in self._submissions for exercise in one.exercises}
        unknown = any(one.points is None for several in self._attempts.values() for one in several)
        complete = complete and "not_judged" not in outcomes and not unknown
        self.report = msgspec.structs.replace(
            self.report,
            submissions=tuple(
                self._with_attempts(submission) for _, submission in sorted(self._submissions, key=lambda pair: pair[0])
            ),
            complete=complete,
            seconds=round(time.monotonic() - self._started, 3),
        )
        if self.path is not None and (last or complete or not is_special(self.path)):
            data = to_json(for_audience(with_earlier(self.report, self._earlier), self._audience))
            write_atomically(self.path if complete or self._growing is None else self._growing, data)
            if complete and self.partial is not None:
                self.partial.unlink(missing_ok=True)
        self._written = time.monotonic()
        return self.report

    def _place_to_grow(self) -> Path | None:
        """Return where the unfinished report is written: beside an earlier one, which only a complete one replaces."""
        if self.path is None or not self.path.is_file() or not self.path.stat().st_size:
            return self.path
        return self.path.with_name(f"{self.path.name}.partial")


def with_earlier(report: Report, earlier: Report | None) -> Report:
    """Return a report with what an earlier one holds of submissions that it says nothing about.

    Those that are in both stand where they stood; it is complete when both are.
    """
    if earlier is None:
        return report
    fresh = {(one.student, one.assignment): one for one in report.submissions}
    held = [(one.student, one.assignment) for one in earlier.submissions]
    merged = [fresh.pop(key, one) for key, one in zip(held, earlier.submissions, strict=True)]
    kept = len(merged) + len(fresh) > len(report.submissions)
    return msgspec.structs.replace(
        report,
        submissions=(*merged, *fresh.values()),
        complete=report.complete and (earlier.complete or not kept),
    )
