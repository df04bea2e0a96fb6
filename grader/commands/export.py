"""`grader export`: the results of a grading in the format of another system."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from grader.integrations.exporters.canvas_api import Site
    from grader.integrations.exporters.kinds import Exported
    from grader.integrations.exporters.sheet import Sheet
    from grader.results.report import Audience

EXAMPLES = (
    ("grader export canvas results.json --fill gradebook.csv", "one column of the gradebook that Canvas exported"),
    ("grader export moodle results.json --fill worksheet.csv", "grades and feedback in Moodle's worksheet"),
    ("grader export csv results.json --output scores.csv", "a table: a row a submission, a column an exercise"),
    ("grader export junit results.json --output junit.xml", "for GitLab CI, Artemis, Pawtograder, CodeGrade"),
)
FILLING = ("canvas", "moodle")
FOR_INSTRUCTORS = ("csv", "json", "junit")
"""Formats that may hold what students must not see, because nobody hands them on to students."""

Fill = Annotated[Path | None, typer.Option(help="canvas, moodle: the file that you downloaded there.", dir_okay=False)]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write here; - is the terminal.", dir_okay=False)]
Column = Annotated[str | None, typer.Option(help="The column of grades, when its name is not the assignment's.")]
Feedback = Annotated[str | None, typer.Option(help="moodle: the column of feedback, when its name is not known.")]
Roster = Annotated[Path | None, typer.Option(help="CSV file: column student, others are that student's ids there.")]
Partial = Annotated[bool, typer.Option("--partial", help="Write although some stand on one side only.")]
Scale = Annotated[bool, typer.Option("--scale", help="Convert points to the other system's maximum.")]
Encoding = Annotated[str | None, typer.Option(help="Of the file to fill in, or of a csv; found out unless given.")]
Post = Annotated[str | None, typer.Option(metavar="URL", help="canvas: give grades and comments to this site too.")]
Who = Annotated[str, typer.Option(metavar="WHO", help="student or instructor: whether hidden findings are in it.")]


def export(
    kind: Annotated[str, typer.Argument(help="canvas, moodle, csv, junit, json, gradescope, classroom50, ...")],
    report: Annotated[Path, typer.Argument(help="What `grader grade ... --json FILE` wrote.", dir_okay=False)],
    fill: Fill = None,
    output: Output = None,
    assignment: Annotated[str | None, typer.Option(help="Only this assignment.")] = None,
    student: Annotated[str | None, typer.Option(help="Only this student.")] = None,
    column: Column = None,
    feedback_column: Feedback = None,
    roster: Roster = None,
    partial: Partial = False,
    scale: Scale = False,
    separator: Annotated[str, typer.Option(help="csv: between cells.")] = ",",
    encoding: Encoding = None,
    audience: Who = "student",
    post: Post = None,
    canvas_course: Annotated[int | None, typer.Option(help="canvas, with --post: the course's number there.")] = None,
    course: Annotated[Path | None, typer.Option(help="The course's folder, for titles; else the one around.")] = None,
) -> None:
    """Write results for another system. Every format holds the same points, and what was not judged is never a zero.

    Canvas and Moodle: the file that you downloaded is filled in, students are matched by id, then by login. Whoever
    stands on one side only is listed, and then nothing is written unless --partial. A new file is written beside it.
    """
    from grader.commands.grade import audience_of
    from grader.integrations.exporters.kinds import KINDS
    from grader.integrations.exporters.kinds import export as write
    from grader.records.errors import UsageError
    from grader.records.text.nearest import did_you_mean

    if kind not in KINDS:
        raise UsageError(f"there is no format {kind!r}", hint=did_you_mean(kind, KINDS))
    who = audience_of(audience)
    if who == "instructor" and kind not in FOR_INSTRUCTORS:
        raise UsageError(f"what goes to {kind} is read by students", hint="Leave --audience instructor out.")
    given = {"fill": fill, "column": column, "feedback_column": feedback_column, "encoding": encoding}
    options = _options(kind, given, separator=separator, roster=roster, partial=partial, scale=scale)
    if kind == "canvas":
        options["titles"] = _titles(course)
    site = _site(kind, post, canvas_course)
    sheet = _sheet(report, who, student, assignment)
    _put(write(sheet, kind, **options), output or _beside(fill if kind in FILLING else None))
    if site is not None:
        _post(site, sheet, options)


def _sheet(path: Path, who: Audience, student: str | None, assignment: str | None) -> Sheet:
    """Read the scores to export, and say where they are not everybody's."""
    from grader.integrations.exporters.sheet import sheet_of
    from grader.results.report import read_report

    sheet = sheet_of(read_report(path), who, student=student, assignment=assignment)
    if not sheet.complete:
        typer.echo(f"note: {path} is not complete: grading was stopped, not everybody is in it.", err=True)
    return sheet


def _options(kind: str, given: dict[str, Any], *, separator: str, roster: Path | None, **rest: bool) -> dict[str, Any]:
    """Return the options of a format; raises `UsageError` for one that it does not have and for one that it lacks."""
    from grader.records.errors import UsageError

    if kind not in FILLING:
        named = {**given, "roster": roster, **{name: value or None for name, value in rest.items()}}
        foreign = [name for name, value in named.items() if value is not None and (kind, name) != ("csv", "encoding")]
        if foreign:
            raise UsageError(f"--{foreign[0].replace('_', '-')} goes with {' and '.join(FILLING)} only.")
        return {"separator": _separator(separator), "encoding": _known(given["encoding"])} if kind == "csv" else {}
    if given["fill"] is None:
        raise UsageError(
            f"{kind} needs the file to fill in: --fill FILE",
            hint="Canvas: Grades, Export. Moodle: the assignment's Download grading worksheet.",
        )
    if kind == "canvas" and given.pop("feedback_column"):
        raise UsageError("--feedback-column goes with moodle only.", hint="Canvas's file carries no comments.")
    names: dict[str, str] = {}
    if roster is not None:
        from grader.submissions.collect.groups import read_roster

        if not roster.is_file():
            raise UsageError(f"There is no roster {roster}.")
        names, _ = read_roster(roster)
    return {**given, **rest, "roster": names}


def _site(kind: str, url: str | None, course: int | None) -> Site | None:
    """Return where grades are to be posted, None when they are not. Raises `UsageError` when something is missing."""
    import os

    from grader.integrations.exporters.canvas_api import TOKEN_VARIABLE, Site
    from grader.records.errors import UsageError

    if url is None:
        return None
    if kind != "canvas":
        raise UsageError("--post goes with canvas only.")
    if course is None:
        raise UsageError("--post needs the course's number: --canvas-course", hint="It stands in the course's address.")
    token = os.environ.get(TOKEN_VARIABLE)
    if not token:
        raise UsageError(f"{TOKEN_VARIABLE} is not set", hint="In Canvas: Account, Settings, New Access Token.")
    return Site(url, course, token)


def _post(site: Site, sheet: Sheet, options: dict[str, Any]) -> None:
    from grader.integrations.exporters import canvas
    from grader.integrations.exporters.canvas_api import post

    book = canvas.read_gradebook(options["fill"], options["encoding"])
    place = canvas.column_of(book, sheet, options["column"], options["titles"])
    _, grades, _ = canvas.grades_for(
        sheet, book, place, options["roster"], partial=options["partial"], scale=options["scale"]
    )
    typer.echo(post(site, canvas.assignment_id(book, place), grades), err=True)


def _separator(word: str) -> str:
    from grader.records.errors import UsageError

    found = {"tab": "\t", "\\t": "\t"}.get(word, word)
    if found not in (",", ";", "\t"):
        raise UsageError(f"--separator {word!r} cannot be", hint="Give one of , ; tab")
    return found


def _known(encoding: str | None) -> str:
    import codecs

    from grader.records.errors import UsageError

    try:
        return codecs.lookup(encoding).name if encoding else "utf-8"
    except LookupError as error:
        raise UsageError(f"there is no encoding {encoding!r}", hint="Such as utf-8, utf-8-sig, cp949.") from error


def _titles(course: Path | None) -> dict[str, str]:
    from grader.course.settings import find_course, load_course
    from grader.records.errors import UsageError

    try:
        root = course or find_course(Path.cwd())
    except UsageError:
        return {}  # outside of any course a column goes by the assignment's name alone
    return {one.name: one.title for one in load_course(root).assignments}


def _beside(filled: Path | None) -> Path | None:
    """Return where a filled file goes: beside the one that was downloaded, which stays as it is."""
    return None if filled is None else filled.with_name(f"{filled.stem}-filled{filled.suffix}")


def _put(made: Exported, output: Path | None) -> None:
    from grader.records.writing import write_atomically

    if output is None or str(output) == "-":
        sys.stdout.buffer.write(made.data)
        sys.stdout.buffer.flush()
    else:
        write_atomically(output, made.data)
    for note in made.notes:
        typer.echo(note, err=True)
    if output is not None and str(output) != "-":
        typer.echo(f"{output}: {len(made.data)} bytes", err=True)
