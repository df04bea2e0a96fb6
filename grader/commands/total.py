"""`grader total`: the grades of a course: late days, extensions, weights, what is dropped, each explained."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from grader.course.marks import Standing
    from grader.course.settings import Course
    from grader.results.report import Report

EXAMPLES = (
    ("grader total results.json --submissions submitted", "with the times of hand-in that `grader collect` kept"),
    ("grader total results.json --submissions submitted --roster roster.csv", "with everybody, and extensions"),
    ("grader total results.json --csv grades.csv --explain grades", "a table, and a file for each student"),
)

Submissions = Annotated[
    Path | None, typer.Option(metavar="ROOT", help="Where the work lies, with the times of hand-in.", file_okay=False)
]
Roster = Annotated[
    Path | None, typer.Option(help="CSV: student, extension (days or until when), extension NAME.", dir_okay=False)
]


def total(
    results: Annotated[Path, typer.Argument(help="What `grader grade ... --json FILE` wrote.", show_default=False)],
    submissions: Submissions = None,
    roster: Roster = None,
    csv_file: Annotated[Path | None, typer.Option("--csv", help="Write a table.", dir_okay=False)] = None,
    explain: Annotated[Path | None, typer.Option(metavar="DIR", help="Write a file for each student.")] = None,
    course: Annotated[Path | None, typer.Option(help="The course's folder; found upwards from here otherwise.")] = None,
) -> None:
    r"""Compute grades by the rules of course.toml: \[late], \[grade], and each assignment's due and weight."""
    from grader.course.settings import find_course, load_course
    from grader.results.report import read_report

    found = load_course(course or find_course(Path.cwd()))
    standings = _standings(found, read_report(results), submissions, roster)
    if csv_file is not None:
        from grader.records.writing import write_atomically

        write_atomically(csv_file, _table(standings).encode())
    if explain is not None:
        _write(standings, explain)
    if csv_file is None and explain is None:
        typer.echo("\n".join(_explained(one) for one in standings), nl=False)


def _standings(course: Course, report: Report, root: Path | None, roster: Path | None) -> list[Standing]:
    from grader.course.marks import standing, works_of
    from grader.submissions.collect.extensions import read_extensions

    everybody, extensions = ((), {}) if roster is None else read_extensions(roster, course.names)
    works = works_of(report.submissions, _times(report, root))
    names = {assignment for _, assignment in works}
    students = list(dict.fromkeys([*everybody, *(one.student for one in report.submissions)]))
    return [
        standing(
            course,
            student,
            {name: work for (who, name), work in works.items() if who == student},
            {name: extension for (who, name), extension in extensions.items() if who == student},
            [name for name in course.names if name in names],
        )
        for student in students
    ]


def _times(report: Report, root: Path | None) -> Mapping[tuple[str, str], datetime.datetime]:
    from grader.submissions.collect.place import existing_time

    if root is None:
        return {}
    keys = [(one.student, one.assignment) for one in report.submissions]
    found = {key: existing_time(root / key[0] / key[1]) for key in keys if not {"..", "."} & set(Path(key[0]).parts)}
    return {key: moment for key, moment in found.items() if moment is not None}


def _table(standings: Sequence[Standing]) -> str:
    from grader.results.render.words import number

    out = io.StringIO()
    writer = csv.writer(out)
    names = [mark.assignment for mark in standings[0].marks] if standings else []
    writer.writerow(["student", "percent", *names, "remarks"])
    for one in standings:
        points = ["" if mark.points is None else number(mark.points) for mark in one.marks]
        remarks = "; ".join(f"{mark.assignment}: {reason}" for mark in one.marks for reason in mark.reasons)
        writer.writerow([_cell(one.student), "" if one.percent is None else number(one.percent), *points, remarks])
    return out.getvalue()


def _cell(text: str) -> str:
    """Return a name as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


def _explained(one: Standing) -> str:
    from grader.records.text.clean import clean
    from grader.results.render.words import number

    percent = "to be graded again" if one.percent is None else f"{number(one.percent)}%"
    lines = [f"{clean(one.student, newlines=False)}: {percent}"]
    for mark in one.marks:
        points = "?" if mark.points is None else number(mark.points)
        why = f"  ({'; '.join(mark.reasons)})" if mark.reasons else ""
        weight = "" if mark.weight == mark.max_points else f"  weight {number(mark.weight)}"
        lines.append(f"    {mark.assignment}  {points}/{number(mark.max_points)}{weight}{why}")
    return "\n".join(lines) + "\n"


def _write(standings: Sequence[Standing], folder: Path) -> None:
    from grader.records.writing import write_atomically
    from grader.results.render.site import file_names

    folder.mkdir(parents=True, exist_ok=True)
    names = file_names([one.student for one in standings])
    for one in standings:
        write_atomically(folder / f"{names[one.student]}.txt", _explained(one).encode("utf-8", "replace"))
