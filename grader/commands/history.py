"""`grader history`: how results became what they are: who graded when, with which command and versions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

EXAMPLES = (
    ("grader history ada", "every change of a result of hers"),
    ("grader history ada --exercise einsum.trace", "one exercise"),
)


def history(
    student: Annotated[str, typer.Argument(help="Whose results.", show_default=False)],
    exercise: Annotated[str | None, typer.Option(help="Only this exercise.")] = None,
    course: Annotated[Path | None, typer.Option(help="The course's folder; found upwards from here otherwise.")] = None,
    store: Annotated[str | None, typer.Option(metavar="WHERE", help="File or SQLAlchemy URL of the store.")] = None,
) -> None:
    """Show every change of a student's results, with who made it, when, and with what."""
    from grader.commands.storing import remembered
    from grader.course.settings import find_course, load_course, speak_for
    from grader.records.errors import UsageError
    from grader.records.text.clean import clean
    from grader.results.render.words import number

    found = load_course(course or find_course(Path.cwd()))
    speak_for(found)
    with remembered(found, store, {}) as opened:
        rows = [] if opened is None else [row for row in opened.history(student) if exercise in (None, row.exercise)]
    if not rows:
        raise UsageError(
            f"the store holds no result of {student!r}.", hint="`grader grade` and `grader regrade` fill it."
        )
    run = None
    for row in rows:
        if row.run != run:
            run = row.run
            versions = " ".join(f"{name} {version}" for name, version in row.versions.items())
            typer.echo(clean(f"{row.started}  {row.who}  {row.how}  ({versions})", newlines=False))
        points = "?" if row.points is None else number(row.points)
        attempt = f"  (attempt of {row.attempt})" if row.attempt else ""
        typer.echo(f"    {row.exercise}  {points}/{number(row.max_points)}  {row.outcome}{attempt}")
