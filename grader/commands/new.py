"""`grader new`: begin an assignment, or a course."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

EXAMPLES = (
    ("grader new --course statistics", "a course in a new or empty folder, with a first assignment"),
    ("grader new attention", "an assignment with one exercise that works"),
    ('grader new attention --title "Attention, step by step"', "with a title of its own"),
)


def new(
    name: Annotated[str | None, typer.Argument(help="The assignment's name: its folder, module and ids.")] = None,
    title: Annotated[str | None, typer.Option(help="What students read; the name unless given.")] = None,
    course: Annotated[Path | None, typer.Option(help="The course's folder; found upwards from here otherwise.")] = None,
) -> None:
    """Write the first files of an assignment, with one exercise that builds and passes `grader doctor` at once.

    Where --course names an empty or new folder, a course begins there, with every setting and its default.
    """
    from grader.commands.build import tell_points, write
    from grader.course.settings import FILENAME, find_course, load_course
    from grader.publishing.new_course import FIRST, new_course
    from grader.publishing.scaffold import scaffold
    from grader.records.errors import UsageError

    begins = course is not None and not (course / FILENAME).is_file()
    if name is None and not begins:
        raise UsageError("Which assignment?", hint="Give its name, such as `grader new attention`.")
    name = name or FIRST
    title = title or name.replace("_", " ").capitalize()
    if course is not None and begins:
        written = new_course(course, name, title)
        root = course.resolve()
    else:
        found = load_course(course if course is not None else find_course(Path.cwd()))
        written, root = scaffold(found, name, title), found.root
    for path in written:
        typer.echo(f"wrote {path.resolve().relative_to(root).as_posix()}")
    made = load_course(root)
    write(made, name)
    tell_points(made, [name])
    typer.echo(
        f"\nNext: put your exercises into solutions/{name}/{name}.py and assignments/{name}/checks.py,\n"
        f"then run `grader build {name}` and `grader doctor {name}`."
    )
