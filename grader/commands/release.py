"""`grader release`: what students get, as a folder or as a whole nbgrader course."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.publishing.targets.kinds import Plan

if TYPE_CHECKING:
    from grader.course.settings import Course

EXAMPLES = (
    ("grader release students/", "every assignment, to be put where students fetch it"),
    ("grader release students/ --lang ko", "in Korean alone"),
    ("grader release --to nbgrader DIR", "an nbgrader course: source, release, gradebook"),
    ("grader release --to nbgrader DIR einsum --force", "one assignment once more"),
    ("grader release --to github DIR --grading .", "a template repository; hidden checks in your private one"),
    ("grader release --to gradescope einsum.zip einsum", "an autograder to upload"),
)
KINDS = ("folder", "nbgrader", "github", "gitlab", "classroom50", "gradescope", "autolab", "prairielearn")
IN_ONE_LANGUAGE = ("folder", "github", "gitlab")
GRADING_THERE = ("gradescope", "autolab", "prairielearn")


def release(
    directory: Annotated[Path, typer.Argument(help="The folder to fill, or Gradescope's zip.", show_default=False)],
    assignments: Annotated[list[str] | None, typer.Argument(help="Assignments; all unless given.")] = None,
    to: Annotated[str, typer.Option(metavar="KIND", help=", ".join(KINDS) + ".")] = "folder",
    exchange: Annotated[
        Path | None, typer.Option(help="nbgrader's exchange, written into new settings; DIR/exchange unless given.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Release again what was released before.")] = False,
    grading: Annotated[
        Path | None, typer.Option(help="github: your private course repository, which gets the hidden grading.")
    ] = None,
    allow_weak: Annotated[
        bool, typer.Option(help="Let an autograder grade where student code cannot be locked down.")
    ] = False,
    lang: Annotated[str, typer.Option(help="In this one of the course's languages alone.")] = "",
    course: Annotated[Path | None, typer.Option(help="The course's folder; found upwards from here otherwise.")] = None,
) -> None:
    """Make what students get: no reference, no hidden probe and no seed is in it. Generated files must be fresh.

    nbgrader: an nbgrader course; its settings are kept. github, gitlab: a template repository with CI. classroom50: an
    autograder with the public examples alone. gradescope, autolab, prairielearn: autograders with the hidden
    references, for instructors' hands only.
    """
    from grader.course.settings import find_course, load_course
    from grader.publishing.one_language import check_language
    from grader.records.errors import UsageError
    from grader.records.folders import require_writable
    from grader.records.text.nearest import did_you_mean

    if to not in KINDS:
        raise UsageError(f"--to {to!r} is not known. {did_you_mean(to, KINDS)}")
    _check_options(to, exchange, grading, allow_weak, lang)
    found = load_course(course if course is not None else find_course(Path.cwd()))
    if lang:
        check_language(found, lang)
    names = [found.assignment(name).name for name in assignments or found.names]
    for folder in filter(None, (_folder(to, directory), exchange)):
        require_writable(folder)
    if to == "nbgrader":
        _to_nbgrader(found, directory, names, exchange, force)
    elif to == "folder":
        _to_folder(found, directory, names, force, lang)
    else:
        _to_target(to, Plan(found, directory, tuple(names), force, allow_weak, lang, grading))
    _warn_of_default_seed(found)


def _warn_of_default_seed(course: Course) -> None:
    if course.seed_origin() == "default":
        typer.echo(
            "note: the seed of the graded examples is the course's default, which anybody can compute. "
            "Write one into solutions/seed.txt, or set GRADER_SEED.",
            err=True,
        )


def _folder(to: str, directory: Path) -> Path:
    """Return the folder that is written into: that of the zip file, where one is named."""
    zipped = to == "gradescope" and directory.suffix.lower() == ".zip"
    return directory.absolute().parent if zipped else directory


def _check_options(to: str, exchange: Path | None, grading: Path | None, allow_weak: bool, lang: str) -> None:
    from grader.records.errors import UsageError

    if exchange is not None and to != "nbgrader":
        raise UsageError("--exchange goes with --to nbgrader only.")
    if grading is not None and to != "github":
        raise UsageError("--grading goes with --to github only.")
    if lang and to not in IN_ONE_LANGUAGE:
        raise UsageError(f"--lang goes with --to {', '.join(IN_ONE_LANGUAGE)} only.")
    if allow_weak and to not in GRADING_THERE:
        raise UsageError(f"--allow-weak goes with --to {', '.join(GRADING_THERE)} only.")


def _to_target(to: str, plan: Plan) -> None:
    from grader.publishing.targets.kinds import release_to

    count = 0
    for written in release_to(to, plan):
        count += not written.note
        if written.note:
            typer.echo(f"{written.path}: {written.note}")
    if count:
        typer.echo(f"{plan.directory}: {', '.join(plan.assignments)}, {count} files and folders")


def _to_folder(course: Course, directory: Path, names: list[str], force: bool, lang: str) -> None:
    from grader.publishing.targets.folder import students_folder

    count = sum(1 for _ in students_folder(course, directory, names, force=force, language=lang))
    typer.echo(f"{directory}: {', '.join(names)}, {count} files")


def _to_nbgrader(course: Course, directory: Path, names: list[str], exchange: Path | None, force: bool) -> None:
    from grader.integrations.nbgrader.release import release_to_nbgrader

    for one in release_to_nbgrader(course, directory, names, exchange=exchange, force=force):
        typer.echo(f"{one.assignment}: {one.points:g} points, {len(one.files)} files in {one.folder}")
        if one.outbound is not None:
            typer.echo(f"{one.assignment}: students fetch it from {one.outbound}")
