"""The exercise in focus: which one it is, what checking it gives, which one comes next."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from grader.course.settings import Course
from grader.records.errors import GraderError, UsageError
from grader.records.text.saying import say

if TYPE_CHECKING:
    from types import TracebackType

    from grader.judging.schedule import Graders
    from grader.records.verdict import Verdict
    from grader.results.progress import Progress
    from grader.results.report import ExerciseReport


@dataclasses.dataclass(frozen=True)
class Checked:
    """What came of checking the exercise in focus."""

    exercise: str
    report: ExerciseReport | None
    """None when it could not be checked; then `problem` says why."""
    source: str = ""
    """The file that was checked."""
    problem: str = ""
    notes: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the exercise is right."""
        return self.report is not None and self.report.outcome == "passed"


class Focus:
    """Goes through the exercises of a course one at a time, with a warm process to check in. Use as a context manager.

    Raises `UsageError` when there is nothing to go through.
    """

    def __init__(self, course: Course, exercises: tuple[str, ...], current: str | None = None) -> None:
        from grader.judging.schedule import cache_directory
        from grader.results.progress import read_progress

        if not exercises:
            raise UsageError(
                say("there is no exercise to watch"), hint=say("Run this in the folder that you were given.")
            )
        self.course = course
        self.exercises = exercises
        self._cache = cache_directory(course.root)
        self.progress = read_progress(self._cache)
        self._graders: Graders | None = None
        self._open: tuple[str, str] | None = None
        self._stack = contextlib.ExitStack()
        self.current = current or next(iter(self.left), exercises[0])

    @property
    def left(self) -> tuple[str, ...]:
        """The exercises that have not passed, as far as is known."""
        return tuple(name for name in self.exercises if self.progress.outcome(name) != "passed")

    @property
    def assignment(self) -> str:
        """The assignment of the exercise in focus."""
        return self.current.partition(".")[0]

    @property
    def folder(self) -> Path:
        """Where the answer lies."""
        from grader.submissions.student_folder import own_folder

        return own_folder(self.course, self.assignment)

    def move(self, step: int) -> str:
        """Put the exercise so many places further in focus, around the end, and return its id."""
        place = self.exercises.index(self.current)
        self.current = self.exercises[(place + step) % len(self.exercises)]
        return self.current

    def advance(self) -> str | None:
        """Put the next exercise that has not passed in focus and return its id; None when all have."""
        place = self.exercises.index(self.current)
        waiting = [name for name in (*self.exercises[place:], *self.exercises[:place]) if name in self.left]
        if not waiting:
            return None
        self.current = waiting[0]
        return self.current

    def check(self) -> Checked:
        """Check the exercise in focus as its file lies there now. Whatever is wrong is told, never raised."""
        from grader.judging.schedule import grade_one
        from grader.results.report import submission_for_student, submission_report
        from grader.submissions.finding import read_submission
        from grader.submissions.student_folder import own_submission

        exercise = self.current
        try:
            graders = self._warm()
            found = own_submission(self.course, self.assignment)
            submission = read_submission(found)
            verdicts = grade_one(graders, submission, {exercise}).verdicts
        except GraderError as error:
            return Checked(exercise, None, problem=str(error))
        report = submission_for_student(
            submission_report("you", submission.assignment, submission.source, verdicts, notes=submission.notes)
        )
        compared = self._compared(report.exercises[0], verdicts[0], found.path)
        self._remember(compared, report.source)
        return Checked(exercise, compared, report.source, notes=report.notes)

    def hint(self) -> str | None:
        """Return the next hint of the exercise in focus, and count it; the last one again when all were read."""
        from grader.course.loading import load_exercises
        from grader.results.progress import with_hint

        one = next(one for one in load_exercises(self.course.root, self.assignment) if one.id == self.current)
        if not one.hints:
            return None
        number = min(self.progress.hints.get(self.current, 0), len(one.hints) - 1)
        self._keep(with_hint(self._kept(), self.current, number + 1))
        return say("Hint {number} of {count}: {hint}", number=number + 1, count=len(one.hints), hint=one.hints[number])

    def answer(self) -> Path | None:
        """Return the file that is checked, None where there is none."""
        from grader.submissions.student_folder import own_submission

        return own_submission(self.course, self.assignment).path

    def _compared(self, report: ExerciseReport, verdict: Verdict, path: Path | None) -> ExerciseReport:
        """Return the report with how the inputs fare that failed before, and keep which fail now."""
        from grader.results.failures import keep_and_compare, read_failures

        (earlier,) = keep_and_compare(self._cache, read_failures(self._cache), [(path, [verdict])])
        return msgspec.structs.replace(report, earlier=earlier.get(report.id, msgspec.UNSET))

    def _remember(self, report: ExerciseReport, source: str) -> None:
        from grader.results.progress import with_exercise

        self._keep(with_exercise(self._kept(), report, source, datetime.datetime.now(datetime.UTC)))

    def _kept(self) -> Progress:
        """Return the progress as it lies there: `grader check` may have added to it meanwhile."""
        from grader.results.progress import read_progress

        with contextlib.suppress(OSError, UsageError):  # where nothing can be written it is known until the end
            self.progress = read_progress(self._cache)
        return self.progress

    def _keep(self, progress: Progress) -> None:
        from grader.results.progress import write_progress

        self.progress = progress
        with contextlib.suppress(OSError, UsageError):
            write_progress(self._cache, progress)

    def _warm(self) -> Graders:
        """Return open checkers of the assignment in focus; they are opened anew when its checks or examples change."""
        from grader.judging.checking import open_checkers

        key = (self.assignment, self._state())
        if self._graders is None or self._open != key:
            self.close()
            self._graders = self._stack.enter_context(open_checkers(self.course, self.assignment))
            self._open = key
        return self._graders

    def _state(self) -> str:
        found = hashlib.sha256()
        for name in ("checks.py", "examples.bin", "mistakes.bin"):
            path = self.course.assignment_folder(self.assignment) / name
            found.update(path.read_bytes() if path.is_file() else b"")
        return found.hexdigest()

    def close(self) -> None:
        """End the warm process."""
        self._graders = self._open = None
        self._stack.close()

    def __enter__(self) -> Focus:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
