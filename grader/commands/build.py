"""`grader build`: generate what students get."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from grader.course.settings import Course

EXAMPLES = (
    ("grader build", "every assignment of the course"),
    ("grader build einsum", "one assignment"),
    ("grader build --check", "only say what is stale, for continuous integration"),
)


def build(
    assignments: Annotated[list[str] | None, typer.Argument(help="Assignments; all unless given.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit with 2 when a file is stale.")] = False,
    course: Annotated[Path | None, typer.Option(help="The course's folder; found upwards from here otherwise.")] = None,
) -> None:
    """Generate stubs, notebooks, public examples and the points of course.toml from what authors write."""
    from grader.course.settings import find_course, load_course

    found = load_course(course if course is not None else find_course(Path.cwd()))
    names = [found.assignment(name).name for name in assignments or found.names]
    if check:
        check_fresh(found, names)
    else:
        for name in names:
            write(found, name)
        tell_points(found, names)


def write(course: Course, name: str) -> None:
    """Write what is stale of one assignment and say so."""
    from grader.publishing.build import write_examples, write_files

    written = [*write_files(course, name), *write_examples(course, name)]
    for path in written:
        typer.echo(f"wrote {path.relative_to(course.root).as_posix()}")
    if not written:
        typer.echo(f"{name}: fresh")
    _tell_notes(course, name)


def tell_points(course: Course, names: list[str]) -> None:
    """Write into course.toml what the exercises add up to, and say whose points were others."""
    from grader.publishing.points import write_points

    for name in write_points(course, names):
        typer.echo(f"wrote the points of {name} into course.toml")


def _tell_notes(course: Course, name: str) -> None:
    """Say what was declared in vain, and which texts lack a language; what is generated is right all the same."""
    from grader.publishing.proofs.languages import language_items
    from grader.publishing.proofs.slips import slips

    for item in (*slips(course, name), *language_items(course, name)):
        if not item.ok:
            hint = f" {item.hint}" if item.hint else ""
            typer.echo(f"note: {item.subject}: {item.message}.{hint}", err=True)


def check_fresh(course: Course, names: list[str]) -> None:
    """Raise `AuthorError`, naming every stale file, when one is."""
    from grader.publishing.build import stale_files
    from grader.publishing.points import wrong_points
    from grader.records.errors import AuthorError

    stale = [f"  {path} {why}" for name in names for path, why in stale_files(course, name)]
    stale += [
        f"  course.toml says {said:g} points of {name}, not {total:g}"
        for name, said, total in wrong_points(course, names)
    ]
    if stale:
        listed = "\n".join(stale)
        raise AuthorError(f"Generated files are stale:\n{listed}", hint="Run `grader build` and commit the result.")
    typer.echo("Every generated file is fresh.")
