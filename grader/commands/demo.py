"""`grader demo`: grade the sample class that lies in the repository."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

EXAMPLES = (("grader demo", "grade the sample class, as an instructor would"),)

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
    from grader.course import find_course, load_course
    from grader.errors import UsageError
    from grader.grading import Options
    from grader.render import render
    from grader.report import for_audience, select

    found = load_course(course if course is not None else find_course(Path.cwd()))
    root = found.root / CLASS
    if not root.is_dir():
        raise UsageError(f"{CLASS.as_posix()} is not here", hint="Run this in a clone of the repository.")
    typer.echo(f"$ grader grade {CLASS.as_posix()}\n")
    report = run(found, [root], None, Options(jobs=jobs), Kept(json_file))
    typer.echo(render(report, "terminal"), nl=False)
    worst = min(report.submissions, key=lambda one: (one.source == "", abs((one.points or 0) / one.max_points - 0.5)))
    typer.echo(f"\n\nWhat {worst.student} reads about {worst.assignment}:\n")
    shown = select(for_audience(report, "student"), worst.student, worst.assignment)
    typer.echo(render(shown, "terminal"), nl=False)
