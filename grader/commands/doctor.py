"""`grader doctor`: let the course prove itself."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from grader.course.settings import Course
    from grader.publishing.mutants.report import MutantReport
    from grader.publishing.proofs.table import Item, Patient

EXAMPLES = (
    ("grader doctor", "the whole course"),
    ("grader doctor einsum --verbose", "one assignment, with what is in order too"),
    ("grader doctor --json report.json", "for machines"),
    ("grader doctor --mutants", "how many small changes to the references are noticed"),
    (
        "grader doctor hooks --mutants --all -v",
        "every mutant of one assignment, with those marked as equivalent and why",
    ),
    ("grader doctor --sandbox", "how well this host locks student code down, to paste into a report"),
    ("grader doctor --student", "a student's machine and folder: what is wrong, and what to type"),
    ("grader doctor --seeds 20", "whether the references pass on the examples of 20 other seeds"),
)


def doctor(
    assignments: Annotated[list[str] | None, typer.Argument(help="Assignments; all unless given.")] = None,
    course: Annotated[Path | None, typer.Option(help="The course's folder; found upwards from here otherwise.")] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the items as JSON; - to the terminal.")
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show what is in order too.")] = False,
    mutants: Annotated[
        bool, typer.Option("--mutants", help="Prove instead that small changes to the references are noticed.")
    ] = False,
    seeds: Annotated[
        int, typer.Option(metavar="N", min=0, help="Prove instead that references pass with N other seeds.")
    ] = 0,
    most: Annotated[int, typer.Option(metavar="N", min=1, help="Mutants to try of each exercise.")] = 40,
    everything: Annotated[bool, typer.Option("--all", help="Try every mutant.")] = False,
    overall: Annotated[
        float,
        typer.Option(metavar="%", min=0, max=100, help="Share of all mutants that must be caught, beside --single."),
    ] = 0.0,
    single: Annotated[
        float, typer.Option(metavar="%", min=0, max=100, help="Share of each exercise's mutants that must be caught.")
    ] = 80.0,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, help="Mutants at a time; 0 takes one a core.")] = 0,
    sandbox: Annotated[
        bool,
        typer.Option("--sandbox", help="Tell instead how well this host locks student code down; needs no course."),
    ] = False,
    student: Annotated[bool, typer.Option("--student", help="Tell instead what a student's machine lacks.")] = False,
) -> None:
    """Prove that references pass, stubs fail, mistakes are caught, generated files are fresh and points add up.

    With --mutants, --seeds, --sandbox or --student only what they ask for. Exits with 2 when something is wrong
    with the course or this host's lock-down is weak, with 1 when a student's machine or folder is not in order.
    """
    if sandbox or student:
        return _show_student_machine(course) if student else _show_sandbox(json_file)
    found = _course(course)
    names = chosen(found, assignments or [])
    tried = mutate(found, names, None if everything else most, jobs) if mutants else None
    items = examine(found, names) if not mutants and not seeds else sow(found, names, seeds)
    items += shares(tried, overall / 100, single / 100)
    _present(items, tried, json_file, verbose)
    return _refuse(items)


def _show_sandbox(json_file: Path | None) -> None:
    from grader.commands.sandbox_report import show_sandbox

    show_sandbox(json_file)


def _show_student_machine(course: Path | None) -> None:
    from grader.commands.student_machine import show_student_machine
    from grader.records.errors import EXIT_STUDENT

    if not show_student_machine(course):
        raise typer.Exit(EXIT_STUDENT)


def _course(named: Path | None) -> Course:
    from grader.course.settings import find_course, load_course

    return load_course(named if named is not None else find_course(Path.cwd()))


def chosen(course: Course, wanted: Iterable[str]) -> tuple[str, ...]:
    """Return the wanted assignments in the course's order, all when none is named."""
    for name in wanted:
        course.assignment(name)
    wanted = set(wanted)
    return tuple(name for name in course.names if not wanted or name in wanted)


def examine(course: Course, assignments: tuple[str, ...]) -> list[Item]:
    """Run every proof on these assignments."""
    from grader.publishing.proofs.table import PROOFS

    items: list[Item] = []
    with _opened(course, assignments) as (patient, tell):
        for name, prove in PROOFS.items():
            tell(f"proving: {name}")
            items += prove(patient)
    return items


def mutate(course: Course, assignments: tuple[str, ...], most: int | None, jobs: int) -> MutantReport:
    """Try at most so many mutants of each exercise's reference, every one for None."""
    from grader.publishing.mutants.trial import Settings, try_mutants

    with _opened(course, assignments) as (patient, tell):

        def progress(done: int, count: int) -> None:
            tell(f"mutants: {done} of {count}")

        return try_mutants(course, patient.graders, assignments, Settings(most, jobs), progress)


def shares(tried: MutantReport | None, overall: float, single: float) -> list[Item]:
    """Say whether enough mutants were caught, where any were tried."""
    from grader.publishing.proofs.mutants import judge_shares

    return [] if tried is None else list(judge_shares(tried, overall, single))


def sow(course: Course, assignments: tuple[str, ...], count: int) -> list[Item]:
    """Grade the references with this many other seeds."""
    from grader.publishing.proofs.seeds import prove

    if not count:
        return []
    with _opened(course, assignments) as (patient, tell):
        return list(prove(patient, count, lambda done: tell(f"seeds: {done} of {count}")))


@contextlib.contextmanager
def _opened(course: Course, assignments: tuple[str, ...]) -> Iterator[tuple[Patient, Callable[[str], None]]]:
    """Yield the open course and what tells a person how far the work has come."""
    from rich.console import Console

    from grader.judging.schedule import Options, open_graders
    from grader.publishing.proofs.table import Patient

    console = Console(stderr=True)
    with console.status("warming up") as status, open_graders(course, assignments, Options()) as graders:
        yield Patient(course, assignments, graders), status.update


def _refuse(items: list[Item]) -> None:
    from grader.records.errors import AuthorError

    wrong = [item for item in items if not item.ok]
    if wrong:
        raise AuthorError(f"{len(wrong)} of {len(items)} proofs failed", hint="Each line above says what to do.")


def _present(items: list[Item], tried: MutantReport | None, json_file: Path | None, verbose: bool) -> None:
    import msgspec

    if json_file is not None:
        found = items if tried is None else {"items": items, "mutants": tried.results}
        text = msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n"
        if str(json_file) == "-":
            typer.echo(text.decode(), nl=False)
            return
        json_file.write_bytes(text)
    from rich.console import Console

    console = Console(highlight=False)
    if tried is not None:
        from grader.publishing.mutants.show import show

        show(tried, console, verbose=verbose)
    _show_items(items, console, verbose)


def _show_items(items: list[Item], console: Console, verbose: bool) -> None:
    from rich.markup import escape
    from rich.table import Table

    table = Table("proof", "in order", "wrong", box=None, header_style="bold")
    for proof in dict.fromkeys(item.proof for item in items):
        right = sum(item.ok for item in items if item.proof == proof)
        wrong = sum(not item.ok for item in items if item.proof == proof)
        table.add_row(proof, f"[green]{right}[/]", f"[red]{wrong}[/]" if wrong else "0")
    for item in items:
        if verbose or not item.ok:
            mark = "[green]ok[/]  " if item.ok else "[red]wrong[/]"
            console.print(f"{mark} {escape(item.proof)}: {escape(item.subject)}: {escape(item.message)}")
            if item.hint:
                console.print(f"      [dim]{escape(item.hint)}[/]")
    console.print(table)
