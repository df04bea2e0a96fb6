"""`grader collect`: from an exchange, zip files or repositories into `submitted/<student>/<assignment>/`."""

from __future__ import annotations

import codecs
import datetime
import functools
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from grader.course.schema import NAME
from grader.course.settings import Course, find_course, load_course
from grader.records.errors import UsageError
from grader.records.folders import require_writable
from grader.records.text.clean import clean
from grader.records.text.nearest import did_you_mean
from grader.submissions.answers import wanted_of
from grader.submissions.choosing import Wanted
from grader.submissions.collect.gather import KINDS, Plan, gather, no_wishes
from grader.submissions.collect.groups import Groups, read_groups, read_roster
from grader.submissions.collect.pattern import compile_layout
from grader.submissions.collect.records import Row
from grader.submissions.collect.taking import TAKES, Take
from grader.submissions.collect.times import named_zone

EXAMPLES = (
    ("grader collect einsum-download.zip einsum", "what Moodle or Canvas gave you"),
    ("grader collect /srv/nbgrader/exchange/torch101", "every assignment in nbgrader's exchange"),
    ("grader collect repositories/ einsum --dry-run", "a folder of clones; nothing is written"),
    ("grader collect repositories.csv --json", "student,repository in each line; URLs are cloned"),
    ("grader collect all.zip einsum --layout '{assignment}_{student}.{any}'", "names of no known platform"),
    ("grader collect all.zip einsum --groups group.csv --take last-on-time", "group,student in each line"),
)


Kind = Annotated[str | None, typer.Option("--from", help="exchange, zips or git, when it is not clear.")]
Roster = Annotated[
    Path | None, typer.Option(help="CSV file: column student, others its names; group: who is together.")
]
Together = Annotated[Path | None, typer.Option(help="CSV file with the columns group and student.")]
Layout = Annotated[str | None, typer.Option(help="Where names say what: {student}, {id}, {assignment}, {file}, {any}.")]
Which = Annotated[str, typer.Option(help="Of several the last, last-on-time, or best (the one that answers most).")]
Encoding = Annotated[str | None, typer.Option(help="Of names in zips that do not tell theirs, as cp949.")]
Zone = Annotated[str | None, typer.Option(help="Of the times inside zips; else this machine's.")]


def collect(
    source: Annotated[Path, typer.Argument(help="Exchange, zip file, folder of zips or repositories, CSV file.")],
    assignment: Annotated[str | None, typer.Argument(help="Which assignment; else the files must tell.")] = None,
    into: Annotated[Path, typer.Option(help="The folder to fill.", file_okay=False)] = Path("submitted"),
    kind: Kind = None,
    roster: Roster = None,
    groups: Together = None,
    layout: Layout = None,
    take: Which = "last",
    encoding: Encoding = None,
    timezone: Zone = None,
    force: Annotated[bool, typer.Option("--force", help="Replace what is there even when it is as new.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would happen.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="Print the table as JSON.")] = False,
    course: Annotated[Path | None, typer.Option(help="The course's folder; else the one around here.")] = None,
) -> None:
    """Gather submissions into folders, one for each student and assignment.

    Of each student the newest counts unless --take says otherwise, its time is kept in timestamp.txt. Links, paths
    that leave their folder and whatever is too large are refused, and the table says so. What is there already is
    replaced only by something newer.
    """
    if kind is not None and kind not in KINDS:
        raise UsageError(f"--from {kind!r} is not known. {did_you_mean(kind, KINDS)}")
    people, together = read_roster(roster) if roster else ({}, Groups())
    found, names = _assignments(assignment, course)
    plan = Plan(
        source=source,
        submitted=into,
        assignments=names,
        kind=next((known for known in KINDS if known == kind), None),
        zone=named_zone(timezone),
        roster=people,
        groups=read_groups(groups) if groups else together,
        layout=compile_layout(layout) if layout is not None else None,
        encoding=_encoding(encoding),
        take=_take(take, found, names),
        due=_due(found, names),
        wanted=_wishes(found),
        force=force,
        dry_run=dry_run,
        keep_attempts=take == "last" and found is not None and found.grade.counts == "best",
    )
    if not dry_run:
        require_writable(into)
    _print(gather(plan), plan, json_)


def _assignments(named: str | None, folder: Path | None) -> tuple[Course | None, tuple[str, ...]]:
    """Return the course where there is one, and the assignment named, else all of the course."""
    if named is not None and folder is None:
        try:
            folder = find_course(Path.cwd())
        except UsageError:
            if not NAME.fullmatch(named):
                raise UsageError(f"{named!r} cannot be an assignment's name.") from None
            return None, (named,)  # outside of any course every name is as good
    course = load_course(folder or find_course(Path.cwd()))
    return course, (course.assignment(named).name,) if named is not None else course.names


def _due(course: Course | None, names: tuple[str, ...]) -> dict[str, datetime.datetime]:
    """Return when the assignments were due, the time of grace included."""
    if course is None:
        return {}
    grace = datetime.timedelta(minutes=course.late.grace_minutes)
    dates = {name: course.assignment(name).due for name in names}
    return {name: due + grace for name, due in dates.items() if due is not None}


def _take(word: str, course: Course | None, names: tuple[str, ...]) -> Take:
    for known in TAKES:
        if word == known:
            if known == "last-on-time" and not _due(course, names):
                raise UsageError(
                    f"--take {known}: no due date is known for {', '.join(names)}.",
                    hint="Write it into course.toml, such as due = 2026-11-20T00:00:00Z.",
                )
            return known
    raise UsageError(f"--take {word!r} is not known.", hint=did_you_mean(word, TAKES))


def _encoding(name: str | None) -> str | None:
    try:
        return name if name is None else codecs.lookup(name).name
    except LookupError as error:
        raise UsageError(f"There is no encoding {name!r}.", hint="Such as cp949, cp932, gbk, cp437.") from error


def _wishes(course: Course | None) -> Callable[[str], Wanted | None]:
    return no_wishes if course is None else functools.partial(wanted_of, course)


def _print(rows: list[Row], plan: Plan, as_json: bool) -> None:
    if not as_json:
        _show(rows, plan)
        return
    import msgspec

    typer.echo(msgspec.json.format(msgspec.json.encode(rows)).decode())


def _show(rows: list[Row], plan: Plan) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    colours = {
        "collected": "green",
        "updated": "green",
        "kept": "dim",
        "superseded": "dim",
        "earlier": "dim",
        "refused": "red",
    }
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
    earlier = sum(row.status == "earlier" for row in rows)
    also = f", {earlier} earlier attempts beside them" if earlier else ""
    left = len(rows) - taken - lost - earlier
    console.print(f"{taken} {verb} into {plan.submitted}{also}, {lost} refused, {left} left as they were")
