"""`grader demo`: grade a sample class: the repository's in a clone of it, elsewhere a small one that is written."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from grader.commands.grade import Kept
    from grader.results.report import SubmissionReport

EXAMPLES = (
    ("grader demo", "grade a sample class, as an instructor would"),
    ("grader demo --write sample", "write a small course and its class, to try every other command on"),
)

_AT_MOST = 5
"""Exercises that went wrong in the submission that is explained."""

CLASS = Path("tests") / "corpus" / "class"


def demo(
    course: Annotated[Path | None, typer.Option(help="The course's folder; found upwards from here otherwise.")] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the report as JSON too.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=0, help="Submissions at a time; 0 takes one a core.")] = 0,
    write: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write a small course and its class here; grade nothing.")
    ] = None,
) -> None:
    """Grade a sample class, show its table, and explain one student's lost points in full.

    In a clone of the repository that is the class in tests/corpus/class; elsewhere a small course is made for it.
    """
    from grader.commands.grade import Kept
    from grader.commands.storing import NONE
    from grader.publishing.sample import SUBMITTED, write_sample

    if write is not None:
        write_sample(write)
        typer.echo(f"wrote {write}: a course, and what its class handed in")
        typer.echo(f"Next: cd {write}, then  grader build  and  grader grade {SUBMITTED}")
        return
    found = _of_the_repository(course)
    if found is not None:
        _show(found, CLASS, jobs, Kept(json_file))
        return
    with tempfile.TemporaryDirectory(prefix="grader-demo-") as folder:
        write_sample(Path(folder))
        _show(Path(folder), Path(SUBMITTED), jobs, Kept(json_file, store=NONE))
    typer.echo("\n\nThat course is gone; `grader demo --write DIR` writes it for you to look at.")


def _of_the_repository(course: Path | None) -> Path | None:
    """Return the folder of the course that has the sample class: the one named, or the one around; None without one."""
    from grader.course.settings import find_course
    from grader.records.errors import UsageError

    try:
        root = course if course is not None else find_course(Path.cwd())
    except UsageError:
        return None  # no course is around
    if (root / CLASS).is_dir():
        return root
    if course is not None:
        raise UsageError(f"{CLASS.as_posix()} is not in {course}", hint="Leave --course out: a small course is made.")
    return None


def _show(root: Path, submitted: Path, jobs: int, kept: Kept) -> None:
    from grader.commands.grade import run
    from grader.course.settings import load_course
    from grader.judging.schedule import Options
    from grader.results.render import render
    from grader.results.report import for_audience, select

    typer.echo(f"$ grader grade {submitted.as_posix()}\n")
    report = run(load_course(root), [root / submitted], None, Options(jobs=jobs), kept)
    typer.echo(render(report, "terminal"), nl=False)
    telling = max(report.submissions, key=_telling)
    typer.echo(f"\n\nWhat {telling.student} reads about {telling.assignment}:\n")
    selected = select(for_audience(report, "student"), telling.student, telling.assignment)
    typer.echo(render(selected, "terminal"), nl=False)


def _telling(submission: SubmissionReport) -> tuple[bool, int, int]:
    """Rank submissions by how much of the explanations they show without filling pages."""
    lost = [one for one in submission.exercises if one.outcome != "passed"]
    known = sum(any(finding.mistake for finding in one.findings) for one in lost)
    return len(lost) <= _AT_MOST, known, len({one.findings[0].kind for one in lost if one.findings})
