"""`grader release`: what students get, as a folder or as a whole nbgrader course."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from grader.course.settings import Course

EXAMPLES = (
    ("grader release students/", "every assignment, to be put where students fetch it"),
    ("grader release --to nbgrader DIR", "an nbgrader course: source, release, gradebook"),
    ("grader release --to nbgrader DIR einsum --force", "one assignment once more"),
)
KINDS = ("folder", "nbgrader")


def release(
    directory: Annotated[Path, typer.Argument(help="The folder to fill.", file_okay=False, show_default=False)],
    assignments: Annotated[list[str] | None, typer.Argument(help="Assignments; all unless given.")] = None,
    to: Annotated[str, typer.Option(metavar="KIND", help="folder or nbgrader.")] = "folder",
    exchange: Annotated[
        Path | None, typer.Option(help="nbgrader's exchange, written into new settings; DIR/exchange unless given.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Release again what was released before.")] = False,
    course: Annotated[Path | None, typer.Option(help="The course's folder; found upwards from here otherwise.")] = None,
) -> None:
    """Make what students get: no reference, no hidden probe and no seed is in it.

    With --to nbgrader the folder becomes an nbgrader course, or is one already: its settings are kept, and nbgrader's
    own steps generate and release each assignment. Generated files must be fresh: see grader build.
    """
    from grader.course.settings import find_course, load_course
    from grader.records.errors import UsageError
    from grader.records.folders import require_writable
    from grader.records.text.nearest import did_you_mean

    if to not in KINDS:
        raise UsageError(f"--to {to!r} is not known. {did_you_mean(to, KINDS)}")
    if exchange is not None and to != "nbgrader":
        raise UsageError("--exchange goes with --to nbgrader only.")
    found = load_course(course if course is not None else find_course(Path.cwd()))
    names = [found.assignment(name).name for name in assignments or found.names]
    for folder in (directory, exchange):
        if folder is not None:
            require_writable(folder)
    if to == "nbgrader":
        _to_nbgrader(found, directory, names, exchange, force)
    else:
        _to_folder(found, directory, names, force)
    if found.seed_origin() == "default":
        typer.echo(
            "note: the seed of the graded examples is the course's default, which anybody can compute. "
            "Write one into solutions/seed.txt, or set GRADER_SEED.",
            err=True,
        )


def _to_folder(course: Course, directory: Path, names: list[str], force: bool) -> None:
    from grader.publishing.release import release_to_folder

    count = sum(1 for _ in release_to_folder(course, directory, names, force=force))
    typer.echo(f"{directory}: {', '.join(names)}, {count} files")


def _to_nbgrader(course: Course, directory: Path, names: list[str], exchange: Path | None, force: bool) -> None:
    from grader.integrations.nbgrader.release import release_to_nbgrader

    for one in release_to_nbgrader(course, directory, names, exchange=exchange, force=force):
        typer.echo(f"{one.assignment}: {one.points:g} points, {len(one.files)} files in {one.folder}")
        if one.outbound is not None:
            typer.echo(f"{one.assignment}: students fetch it from {one.outbound}")
