"""`grader report`: the results of an earlier grading as pages, tables and feedback."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from grader.results.render.site import Cells
    from grader.results.report import Report

EXAMPLES = (
    ("grader report results.json", "once more in the terminal"),
    ("grader report results.json --html pages --submissions submitted", "a page for the class, one for each student"),
    ("grader report results.json --csv scores.csv", "a row a submission, a column an exercise"),
    ("grader report results.json --feedback feedback", "a Markdown file for each student; --format html for pages"),
)

Pages = Annotated[Path | None, typer.Option("--html", metavar="DIR", help="Write index.html and a page a student.")]
Table = Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write a table for spreadsheets.")]
Feedback = Annotated[Path | None, typer.Option(metavar="DIR", help="Write a file for each student.")]
Kind = Annotated[str, typer.Option("--format", help="Of feedback: markdown or html.")]
Submissions = Annotated[
    list[Path] | None,
    typer.Option("--submissions", metavar="ROOT", help="Where the work lies, to show it on the students' pages."),
]


def report(
    results: Annotated[Path, typer.Argument(help="What `grader grade ... --json FILE` wrote.", show_default=False)],
    html: Pages = None,
    csv: Table = None,
    feedback: Feedback = None,
    kind: Kind = "markdown",
    submissions: Submissions = None,
    course: Annotated[Path | None, typer.Option(help="The course's folder, to find the work by.")] = None,
) -> None:
    """Show what a grading found: pages that need nothing else, a table, or what each student may read.

    The page of the class is for those who teach: it holds hidden findings. Those of students do not.
    """
    from grader.commands.grade import present
    from grader.results.report import read_report

    read = read_report(results)
    if html is not None:
        _write_site(read, html, _cells(read, submissions or [], course))
    if csv is not None:
        _write_table(read, csv)
    if feedback is not None:
        _write_feedback(read, feedback, kind)
    if html is csv is feedback is None:
        present(read, None, quiet=False)


def _write_site(report: Report, folder: Path, cells: Cells) -> None:
    from grader.results.render.site import site

    pages = site(report, cells)
    for path, text in pages.items():
        _write(folder / path, text.encode("utf-8", "replace"))
    typer.echo(f"{folder / 'index.html'}: the class; {len(pages) - 1} pages of students beside it", err=True)


def _write_table(report: Report, path: Path) -> None:
    from grader.integrations.exporters.kinds import export
    from grader.integrations.exporters.sheet import sheet_of

    _write(path, export(sheet_of(report, "instructor"), "csv").data)


def _write_feedback(report: Report, folder: Path, kind: str) -> None:
    from grader.records.errors import UsageError
    from grader.records.text.nearest import did_you_mean
    from grader.results.render import render
    from grader.results.render.site import file_names
    from grader.results.report import for_audience, select

    suffixes = {"markdown": "md", "html": "html"}
    if kind not in suffixes:
        raise UsageError(f"feedback cannot be written as {kind!r}", hint=did_you_mean(kind, suffixes))
    for_students = for_audience(report, "student")
    names = file_names([one.student for one in for_students.submissions])
    for student, name in names.items():
        text = render(select(for_students, student), kind)
        _write(folder / f"{name}.{suffixes[kind]}", text.encode("utf-8", "replace"))
    typer.echo(f"{folder}: {len(names)} files", err=True)


def _cells(report: Report, roots: Sequence[Path], course: Path | None) -> Cells:
    """Return the code of the submissions that the report is about, where they still lie under the roots."""
    if not roots:
        return {}
    from grader.commands.grade import anchor, read_all
    from grader.course.settings import find_course, load_course

    found, _ = read_all(load_course(course or find_course(anchor(roots))), roots, None)
    return {(one.student, one.assignment): one.cells for one in found}


def _write(path: Path, data: bytes) -> None:
    from grader.records.errors import UsageError
    from grader.records.writing import write_atomically

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"cannot make the folder {path.parent}: {error.strerror}", hint="Name another one.") from error
    write_atomically(path, data)
