"""`grader collect`: from an exchange, zip files or repositories into `submitted/<student>/<assignment>/`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.course.schema import NAME
from grader.course.settings import find_course, load_course
from grader.records.errors import UsageError
from grader.records.folders import require_writable
from grader.records.text.clean import clean
from grader.records.text.nearest import did_you_mean
from grader.submissions.collect.gather import KINDS, Plan, gather, read_roster
from grader.submissions.collect.records import Row
from grader.submissions.collect.times import named_zone

EXAMPLES = (
    ("grader collect einsum-download.zip einsum", "what Moodle or Canvas gave you"),
    ("grader collect /srv/nbgrader/exchange/torch101", "every assignment in nbgrader's exchange"),
    ("grader collect repositories/ einsum --dry-run", "a folder of clones; nothing is written"),
    ("grader collect repositories.csv --json", "student,repository in each line; URLs are cloned"),
)


def collect(
    source: Annotated[Path, typer.Argument(help="Exchange, zip file, folder of zips or repositories, CSV file.")],
    assignment: Annotated[str | None, typer.Argument(help="Which assignment; else the files must tell.")] = None,
    into: Annotated[Path, typer.Option(help="The folder to fill.", file_okay=False)] = Path("submitted"),
    kind: Annotated[str | None, typer.Option("--from", help="exchange, zips or git, when it is not clear.")] = None,
    roster: Annotated[Path | None, typer.Option(help="CSV file: column student, others are its names.")] = None,
    timezone: Annotated[str | None, typer.Option(help="Of the times inside zips; else this machine's.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace what is there even when it is as new.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would happen.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="Print the table as JSON.")] = False,
    course: Annotated[Path | None, typer.Option(help="The course's folder; else the one around here.")] = None,
) -> None:
    """Gather submissions into folders, one for each student and assignment.

    Of each student the newest counts, its time is kept in timestamp.txt. Links, paths that leave their folder and
    whatever is too large are refused, and the table says so. What is there already is replaced only by something newer.
    """
    if kind is not None and kind not in KINDS:
        raise UsageError(f"--from {kind!r} is not known. {did_you_mean(kind, KINDS)}")
    if roster is not None and not roster.is_file():
        raise UsageError(f"There is no roster {roster}.")
    plan = Plan(
        source=source,
        submitted=into,
        assignments=_assignments(assignment, course),
        kind=next((known for known in KINDS if known == kind), None),
        zone=named_zone(timezone),
        roster=read_roster(roster) if roster else {},
        force=force,
        dry_run=dry_run,
    )
    if not dry_run:
        require_writable(into)
    rows = gather(plan)
    if json_:
        import msgspec

        typer.echo(msgspec.json.format(msgspec.json.encode(rows)).decode())
    else:
        _show(rows, plan)


def _assignments(named: str | None, course: Path | None) -> tuple[str, ...]:
    """Return the assignment named, checked against the course where there is one, else all of the course."""
    if named is not None and course is None:
        try:
            found = find_course(Path.cwd())
        except UsageError:
            if not NAME.fullmatch(named):
                raise UsageError(f"{named!r} cannot be an assignment's name.") from None
            return (named,)  # outside of any course every name is as good
        course = found
    loaded = load_course(course or find_course(Path.cwd()))
    return (loaded.assignment(named).name,) if named is not None else loaded.names


def _show(rows: list[Row], plan: Plan) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    colours = {"collected": "green", "updated": "green", "kept": "dim", "superseded": "dim", "refused": "red"}
    table = Table(box=None, pad_edge=False, header_style="bold", title_justify="left")
    for column in ("student", "assignment", "status", "handed in", "files", "from"):
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(
            clean(row.student, 60),
            clean(row.assignment, 40),
            Text(row.status, colours[row.status]),
            row.time[:19],
            str(len(row.files)),
            clean(row.origin, 200),
        )
    console = Console(highlight=False)
    console.print(table)
    for row in rows:
        for refused in row.refused:
            console.print(Text(f"refused  {clean(row.student, 60)}: {clean(refused, 300)}", "red"), soft_wrap=True)
        for note in row.notes:
            console.print(Text(f"note     {clean(row.student, 60)}: {clean(note, 300)}"), soft_wrap=True)
    taken = sum(row.status in ("collected", "updated") for row in rows)
    lost = sum(row.status == "refused" for row in rows)
    verb = "would be put" if plan.dry_run else "put"
    console.print(f"{taken} {verb} into {plan.submitted}, {lost} refused, {len(rows) - taken - lost} left as they were")
