"""`grader doctor`: let the course prove itself."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from grader.course import Course
    from grader.doctor import Item

EXAMPLES = (
    ("grader doctor", "the whole course"),
    ("grader doctor einsum --verbose", "one assignment, with what is in order too"),
    ("grader doctor --json report.json", "for machines"),
)


def doctor(
    assignments: Annotated[list[str] | None, typer.Argument(help="Assignments; all unless given.")] = None,
    course: Annotated[Path | None, typer.Option(help="The course's folder; found upwards from here otherwise.")] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the items as JSON; - to the terminal.")
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show what is in order too.")] = False,
) -> None:
    """Prove that references pass, stubs fail, mistakes are caught, generated files are fresh and points add up.

    Exits with 2 when something is wrong with the course.
    """
    from grader.course import find_course, load_course
    from grader.errors import AuthorError

    found = load_course(course if course is not None else find_course(Path.cwd()))
    names = chosen(found, assignments or [])
    items = examine(found, names)
    _present(items, json_file, verbose)
    wrong = [item for item in items if not item.ok]
    if wrong:
        raise AuthorError(f"{len(wrong)} of {len(items)} proofs failed", hint="Each line above says what to do.")


def chosen(course: Course, wanted: Iterable[str]) -> tuple[str, ...]:
    """Return the wanted assignments in the course's order, all when none is named."""
    for name in wanted:
        course.assignment(name)
    wanted = set(wanted)
    return tuple(name for name in course.names if not wanted or name in wanted)


def examine(course: Course, assignments: tuple[str, ...]) -> list[Item]:
    """Run every proof on these assignments."""
    from rich.console import Console

    from grader.doctor import PROOFS, Patient
    from grader.grading import Options, open_graders

    console = Console(stderr=True)
    items: list[Item] = []
    with console.status("warming up") as status, open_graders(course, assignments, Options()) as graders:
        patient = Patient(course, assignments, graders)
        for name, prove in PROOFS.items():
            status.update(f"proving: {name}")
            items += prove(patient)
    return items


def _present(items: list[Item], json_file: Path | None, verbose: bool) -> None:
    import msgspec

    if json_file is not None:
        text = msgspec.json.format(msgspec.json.encode(items), indent=1) + b"\n"
        if str(json_file) == "-":
            typer.echo(text.decode(), nl=False)
            return
        json_file.write_bytes(text)
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table("proof", "in order", "wrong", box=None, header_style="bold")
    for proof in dict.fromkeys(item.proof for item in items):
        right = sum(item.ok for item in items if item.proof == proof)
        wrong = sum(not item.ok for item in items if item.proof == proof)
        table.add_row(proof, f"[green]{right}[/]", f"[red]{wrong}[/]" if wrong else "0")
    console = Console(highlight=False)
    for item in items:
        if verbose or not item.ok:
            mark = "[green]ok[/]  " if item.ok else "[red]wrong[/]"
            console.print(f"{mark} {escape(item.proof)}: {escape(item.subject)}: {escape(item.message)}")
            if item.hint:
                console.print(f"      [dim]{escape(item.hint)}[/]")
    console.print(table)
