"""`grader check`: check your own answers in a second, against the frozen public examples."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from grader.course import Course
    from grader.report import Report
    from grader.submission import FoundSubmission

EXAMPLES = (
    ("grader check", "every assignment that you have begun"),
    ("grader check einsum", "one assignment"),
    ("grader check einsum.trace", "one exercise"),
    ("grader check my/einsum.ipynb", "a file of yours"),
)


def check(
    what: Annotated[
        list[str] | None, typer.Argument(help="Assignments, exercises or files; all that you have begun unless given.")
    ] = None,
    course: Annotated[Path | None, typer.Option(help="The course's folder; found upwards from here otherwise.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
    brief: Annotated[bool, typer.Option("--brief", "-b", help="Only the table.")] = False,
) -> None:
    """Check your answers against the public examples. Exits with 1 when something is not right yet."""
    from grader.course import find_course, load_course
    from grader.errors import EXIT_STUDENT
    from grader.render import render

    found = load_course(course if course is not None else find_course(Path.cwd()))
    report = run(found, targets(found, what or []))
    typer.echo(render(report, "json") if as_json else render(report, "terminal", brief=brief), nl=False)
    if any(one.outcome != "passed" for submission in report.submissions for one in submission.exercises):
        raise typer.Exit(EXIT_STUDENT)


@dataclasses.dataclass(frozen=True)
class Target:
    """One file to check, and the exercises of it that were asked for; none means all."""

    found: FoundSubmission
    exercises: tuple[str, ...] = ()


def targets(course: Course, words: Sequence[str]) -> list[Target]:
    """Return what words on the command line mean.

    Raises `UsageError`, naming the nearest, for a word that is no assignment, exercise or file.
    """
    from grader.submission import find_submissions, in_folder

    if not words:
        return _begun(course)
    wanted: dict[str, list[str]] = {}
    files: list[Target] = []
    for word in words:
        if Path(word).suffix in {".py", ".ipynb"}:
            files += [Target(found) for found in find_submissions(Path(word), course).submissions]
            continue
        assignment, _, exercise = word.partition(".")
        _known(course, word, assignment, exercise)
        wanted.setdefault(assignment, []).extend([word] if exercise else [])
    return files + [
        Target(in_folder(course.assignment_folder(name), name, "you", course), tuple(exercises))
        for name, exercises in wanted.items()
    ]


def _begun(course: Course) -> list[Target]:
    from grader.errors import UsageError
    from grader.submission import in_folder

    folders = {name: course.assignment_folder(name) for name in course.names}
    begun = [Target(in_folder(path, name, "you", course)) for name, path in folders.items() if path.is_dir()]
    if not begun:
        raise UsageError("there is no assignment here", hint="Run this in the folder that you were given.")
    return begun


def _known(course: Course, word: str, assignment: str, exercise: str) -> None:
    from grader.errors import UsageError
    from grader.loading import load_exercises
    from grader.nearest import did_you_mean

    if assignment not in course.names:
        raise UsageError(
            f"there is no assignment {assignment!r} in this course", hint=did_you_mean(assignment, course.names)
        )
    if exercise:
        known = [one.id for one in load_exercises(course.root, assignment)]
        if word not in known:
            raise UsageError(f"there is no exercise {word!r}", hint=did_you_mean(word, known))


def run(course: Course, wanted: Sequence[Target]) -> Report:
    """Check every target and return the report, as a student may see it."""
    from grader.checking import open_checkers
    from grader.grading import grade_one
    from grader.report import ReportWriter, Sandbox, for_audience
    from grader.reporting import empty_report, report_of
    from grader.submission import read_submission

    writer = ReportWriter(None, empty_report(course, "public", Sandbox()))
    with writer:
        for target in wanted:
            submission = read_submission(target.found)
            with open_checkers(course, submission.assignment, target.exercises) as checkers:
                writer.add(report_of(grade_one(checkers, submission)))
    return for_audience(writer.report, "student")
