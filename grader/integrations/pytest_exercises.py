"""A plugin of pytest: `pytest assignments/einsum` collects each exercise of a course as a test.

It takes part only where a file lies as an answer lies in a course: `<course>/assignments/<name>/<name>.py` or `.ipynb`,
beside the assignment's `checks.py`. Of the two files it collects the one that `grader check` takes, or the one named.
"""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from grader.records.errors import GraderError

if TYPE_CHECKING:
    from grader.course.settings import Course
    from grader.judging.schedule import Graders
    from grader.results.report import ExerciseReport
    from grader.submissions.finding import Submission

_SUFFIXES = (".py", ".ipynb")
_CHECKERS = pytest.StashKey["Checkers"]()


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(
    file_path: Path, parent: pytest.Collector
) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """Collect an answer to an assignment of a course; leave every other file to others.

    Others get no answer to import: pytest itself would, of a file that is named, as editors name them.
    """
    others = yield
    name, folder = file_path.stem, file_path.parent
    if file_path.suffix not in _SUFFIXES or folder.name != name or folder.parent.name != "assignments":
        return others
    root = folder.parent.parent
    if not (folder / "checks.py").is_file() or not (root / "course.toml").is_file():
        return others
    named = {Path(word.partition("::")[0]).absolute() for word in parent.config.args}
    if file_path not in named and file_path != _chosen(root, name):
        return []
    return [AnswerFile.from_parent(parent, path=file_path)]


def pytest_unconfigure(config: pytest.Config) -> None:
    """End what was started to check."""
    checkers = config.stash.get(_CHECKERS, None)
    if checkers is not None:
        checkers.close()


class AnswerFile(pytest.File):
    """A student's module or notebook, with an item for each exercise of the assignment."""

    def collect(self) -> Iterable[ExerciseItem]:
        """Yield the exercises in their order; what is wrong with the course is an error of collecting."""
        from grader.course.loading import load_exercises

        try:
            exercises = load_exercises(_root(self.path), self.path.stem, False)
        except GraderError as error:
            raise self.CollectError(str(error)) from error
        for exercise in exercises:
            yield ExerciseItem.from_parent(self, name=exercise.name, exercise=exercise.id, defines=exercise.names)


class ExerciseItem(pytest.Item):
    """One exercise, checked on the public examples."""

    def __init__(self, *, exercise: str, defines: tuple[str, ...], **rest: Any) -> None:
        super().__init__(**rest)
        self._exercise = exercise
        self._defines = defines

    def runtest(self) -> None:
        """Check the exercise; raises `NotRight` with what `grader check` says of it."""
        report = _checkers(self.config).check(self.path, self._exercise)
        self.user_properties += [("points", report.points), ("max_points", report.max_points)]
        if report.outcome != "passed":
            raise NotRight(report)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return what a student reads: the explanation alone, no frames of ours."""
        if isinstance(excinfo.value, NotRight | GraderError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return where the answer stands, for editors."""
        return self.path, _line(self.path, self._defines), self._exercise


class NotRight(AssertionError):
    """An exercise that does not pass."""

    def __init__(self, report: ExerciseReport) -> None:
        from grader.results.render.exercise import exercise_text
        from grader.results.render.words import points_text

        _, _, text = exercise_text(report).partition("\n")  # pytest prints a heading of its own
        super().__init__(f"{points_text(report)}\n\n{text}" if report.parts else text)


class Checkers:
    """Open checkers by assignment, and the answers as they were read: one of each in a run."""

    def __init__(self) -> None:
        self._stack = contextlib.ExitStack()
        self._open: dict[Path, tuple[Graders, Submission]] = {}

    def check(self, path: Path, exercise: str) -> ExerciseReport:
        """Return the report on one exercise of a file. Raises `GraderError`."""
        from grader.judging.schedule import grade_one
        from grader.results.report import submission_for_student, submission_report

        if path not in self._open:
            self._open[path] = self._opened(path)
        graders, submission = self._open[path]
        verdicts = grade_one(graders, submission, {exercise}).verdicts
        report = submission_report("you", path.stem, path.name, verdicts)
        return submission_for_student(report).exercises[0]

    def _opened(self, path: Path) -> tuple[Graders, Submission]:
        from grader.judging.checking import open_checkers
        from grader.submissions.finding import read_file

        graders = self._stack.enter_context(open_checkers(_course(_root(path)), path.stem))
        return graders, read_file(path, path.stem)

    def close(self) -> None:
        """End their processes."""
        self._stack.close()


def _checkers(config: pytest.Config) -> Checkers:
    if _CHECKERS not in config.stash:
        config.stash[_CHECKERS] = Checkers()
    return config.stash[_CHECKERS]


def _root(path: Path) -> Path:
    return path.parent.parent.parent


def _course(root: Path) -> Course:
    from grader.course.settings import load_course, speak_for

    course = load_course(root)
    speak_for(course)
    return course


def _chosen(root: Path, name: str) -> Path | None:
    """Return the file that `grader check` takes; where it has none to take, the module."""
    from grader.submissions.student_folder import own_submission

    try:
        found = own_submission(_course(root), name)
    except GraderError:
        return root / "assignments" / name / f"{name}.py"
    return found.path


def _line(path: Path, names: Iterable[str]) -> int | None:
    """Return the line, counted from 0, on which a module defines the first of some names."""
    if path.suffix != ".py":
        return None
    try:
        body = ast.parse(path.read_text(encoding="utf-8")).body
    except (OSError, SyntaxError, ValueError):
        return None
    places = [
        node.lineno - 1
        for node in body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name in set(names)
    ]
    return places[-1] if places else None
