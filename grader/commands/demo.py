"""`grader demo`: grade the sample class that lies in the repository."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from grader.results.report import SubmissionReport

EXAMPLES = (("grader demo", "grade the sample class, as an instructor would"),)

_AT_MOST = 5
"""Exercises that went wrong in the submission that is explained."""

CLASS = Path("tests") / "corpus" / "class"


def demo(
    course: Annotated[Path | None, typer.Option(help="The course's folder; found upwards from here otherwise.")] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the report as JSON too.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=0, help="Submissions at a time; 0 takes one a core.")] = 0,
) -> None:
    """Grade the sample class, show its table, and explain one student's lost points in full."""
    from grader.commands.grade import Kept, run
    from grader.course.settings import find_course, load_course
    from grader.judging.schedule import Options
    from grader.records.errors import UsageError
    from grader.results.render import render
    from grader.results.report import for_audience, select

    found = load_course(course if course is not None else find_course(Path.cwd()))
    root = found.root / CLASS
    if not root.is_dir():
        raise UsageError(f"{CLASS.as_posix()} is not here", hint="Run this in a clone of the repository.")
    typer.echo(f"$ grader grade {CLASS.as_posix()}\n")
    report = run(found, [root], None, Options(jobs=jobs), Kept(json_file))
    typer.echo(render(report, "terminal"), nl=False)
    telling = max(report.submissions, key=_telling)
    typer.echo(f"\n\nWhat {telling.student} reads about {telling.assignment}:\n")
    shown = select(for_audience(report, "student"), telling.student, telling.assignment)
    typer.echo(render(shown, "terminal"), nl=False)


def _telling(submission: SubmissionReport) -> tuple[bool, int, int]:
    """Rank submissions by how much of the explanations they show without filling pages."""
    lost = [one for one in submission.exercises if one.outcome != "passed"]
    known = sum(any(finding.mistake for finding in one.findings) for one in lost)
    return len(lost) <= _AT_MOST, known, len({one.findings[0].kind for one in lost if one.findings})
