"""`grader list`: what a course holds, in what order, and how long it takes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from grader.records.text.saying import say

if TYPE_CHECKING:
    from rich.table import Table

    from grader.course.outline import ExerciseOutline
    from grader.course.settings import Course

EXAMPLES = (
    ("grader list", "the assignments: exercises, points, what they build on, the time to expect"),
    ("grader list hooks", "the exercises of one assignment"),
    ("grader list --json", "for machines"),
)


def list(
    assignment: Annotated[str | None, typer.Argument(help="Show this assignment's exercises.")] = None,
    course: Annotated[Path | None, typer.Option(help="The course's folder; found upwards from here otherwise.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the list as JSON.")] = False,
) -> None:
    """List the course: its assignments in order, with their exercises, points, prerequisites and the time to expect."""
    import msgspec
    import rich

    from grader.course.settings import find_course, load_course, speak_for

    found = load_course(course if course is not None else find_course(Path.cwd()))
    speak_for(found)
    if assignment is not None:
        found.assignment(assignment)
    rows = _rows(found, assignment)
    if as_json:
        state = {"course": found.id, "title": found.title, "assignments": rows}
        typer.echo(msgspec.json.format(msgspec.json.encode(state), indent=1).decode())
        return
    rich.print(_overview(found.title, rows) if assignment is None else _one(rows[0]))


def _rows(course: Course, only: str | None) -> Any:
    from grader.course.outline import outline
    from grader.judging.schedule import cache_directory

    cache = cache_directory(course.root)
    return [
        {
            "name": one.name,
            "title": one.title,
            "points": one.points,
            "minutes": one.minutes,
            "after": one.after,
            "due": one.due,
            "exercises": [_exercise(each) for each in outline(course, one.name, cache)],
        }
        for one in course.assignments
        if (only is None or one.name == only) and course.assignment_folder(one.name).is_dir()
    ]


def _exercise(one: ExerciseOutline) -> Any:
    parts = {"parts": [{"name": name, "points": points} for name, points in one.parts]} if one.parts else {}
    return {"id": one.id, "points": one.points, **parts}


def _overview(title: str, rows: Any) -> Table:
    from rich.table import Table

    table = Table(title=title, box=None, title_justify="left")
    table.add_column(say("assignment"))
    for heading in (say("exercises"), say("points"), say("time")):
        table.add_column(heading, justify="right")
    table.add_column(say("after"))
    for row in rows:
        cells = (row["name"], str(len(row["exercises"])), f"{row['points']:g}", _time(row["minutes"]))
        table.add_row(*cells, ", ".join(row["after"]))
    count, points = sum(len(row["exercises"]) for row in rows), sum(row["points"] for row in rows)
    table.add_row(say("together"), str(count), f"{points:g}", _time(sum(row["minutes"] for row in rows)), "")
    return table


def _one(row: Any) -> Table:
    from rich.table import Table

    title = say("{title}: {points} points", title=row["title"], points=f"{row['points']:g}")
    title += say("; expect {time}", time=_time(row["minutes"])) if row["minutes"] else ""
    title += say("; builds on {names}", names=", ".join(row["after"])) if row["after"] else ""
    table = Table(title=title, box=None, title_justify="left")
    table.add_column(say("exercise"))
    table.add_column(say("points"), justify="right")
    for each in row["exercises"]:
        table.add_row(each["id"], f"{each['points']:g}")
        for part in each.get("parts", ()):
            table.add_row(f"  {part['name']}", f"{part['points']:g}", style="dim")
    return table


def _time(minutes: int) -> str:
    """Return a time as people say it.

    >>> _time(90), _time(0)
    ('1.5 h', '')
    """
    return say("{time} h", time=f"{minutes / 60:g}") if minutes else ""
