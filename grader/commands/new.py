"""`grader new`: begin an assignment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

EXAMPLES = (
    ("grader new attention", "an assignment with one exercise that works"),
    ('grader new attention --title "Attention, step by step"', "with a title of its own"),
)


def new(
    name: Annotated[str, typer.Argument(help="The assignment's name: its folder, module and ids.")],
    title: Annotated[str | None, typer.Option(help="What students read; the name unless given.")] = None,
    course: Annotated[Path | None, typer.Option(help="The course's folder; found upwards from here otherwise.")] = None,
) -> None:
    """Write the first files of an assignment, with one exercise that builds and passes `grader doctor` at once."""
    from grader.commands.build import write
    from grader.course.settings import find_course, load_course
    from grader.publishing.scaffold import scaffold

    found = load_course(course if course is not None else find_course(Path.cwd()))
    for path in scaffold(found, name, title or name.replace("_", " ").capitalize()):
        typer.echo(f"wrote {path.relative_to(found.root).as_posix()}")
    write(load_course(found.root), name)
    typer.echo(
        f"\nNext: put your exercises into solutions/{name}/{name}.py and assignments/{name}/checks.py,\n"
        f"then run `grader build {name}` and `grader doctor {name}`."
    )
