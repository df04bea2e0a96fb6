"""`grader submit`: check an assignment, pack what it wants, and get a receipt."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.records.text.saying import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.commands.check import Target
    from grader.course.settings import Course
    from grader.results.report import SubmissionReport
    from grader.submissions.receipts import Receipt

EXAMPLES = (
    ("grader submit einsum", "check it, then write einsum-submission.zip and its receipt"),
    ("grader submit einsum --output hand-in.zip", "under another name"),
)


def submit(
    assignment: Annotated[str | None, typer.Argument(help="Which one; the one you have begun unless given.")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The zip file to write.", dir_okay=False)
    ] = None,
    anyway: Annotated[bool, typer.Option("--anyway", help="Although the file cannot be read.")] = False,
    course: Annotated[Path | None, typer.Option(help="The course's folder; found upwards from here otherwise.")] = None,
) -> None:
    """Check an assignment and pack what it wants, and nothing else; the receipt says what was packed, and when.

    What is not right yet is packed too: hand in what you have. Keep the receipt, `grader verify` accepts it.
    """
    from grader.commands.check import run
    from grader.course.settings import find_course, load_course, speak_for
    from grader.records.errors import SubmissionError
    from grader.records.writing import write_atomically
    from grader.results.render import render
    from grader.submissions.receipts import KEY_VARIABLE, make_receipt, packed, receipt_bytes

    found = load_course(course if course is not None else find_course(Path.cwd()))
    speak_for(found)
    target = _target(found, assignment)
    files = _files(target)
    report = run(found, [target])
    typer.echo(render(report, "terminal", brief=True), nl=False)
    (one,) = report.submissions
    unreadable = [exercise for exercise in one.exercises if exercise.outcome == "unreadable"]
    if unreadable and not anyway:
        raise SubmissionError(
            say("nothing was packed: {why}", why=unreadable[0].findings[0].message),
            hint=say("Nothing in it would earn a point. Mend it, or pack it with --anyway."),
        )
    key = os.environ.get(KEY_VARIABLE) or None
    receipt = make_receipt(found.id, one.assignment, files, (one.points, one.max_points), key=key)
    path = output or Path(f"{one.assignment}-submission.zip")
    beside = path.with_suffix(".receipt.json")
    write_atomically(path, packed(files))
    write_atomically(beside, receipt_bytes(receipt))
    _tell(one, receipt, files, path, beside)


def _tell(one: SubmissionReport, receipt: Receipt, files: Mapping[str, bytes], path: Path, beside: Path) -> None:
    points = say("not judged") if one.points is None else f"{one.points:.10g}"
    typer.echo(f"{path}: {', '.join(files)}")
    typer.echo(say("{file}: your receipt, keep it", file=beside))
    time = receipt.time if receipt.signed else say("{time} (by this machine)", time=receipt.time)
    typer.echo(say("  hash    {hash}", hash=receipt.hash))
    typer.echo(say("  time    {time}", time=time))
    most = f"{one.max_points:.10g}"
    points_text = say(
        "{points} of {most} on the public examples; grading draws others, and more", points=points, most=most
    )
    typer.echo(say("  points  {points}", points=points_text))


def _target(course: Course, assignment: str | None) -> Target:
    """Return what to hand in. Raises `UsageError` when several assignments are begun and none is named."""
    from grader.commands.check import targets
    from grader.records.errors import UsageError

    if assignment is not None and "." in assignment:
        message = say("{name} is no assignment", name=assignment)
        raise UsageError(message, hint=say("Whole assignments are handed in, such as einsum."))
    found = targets(course, (assignment,) if assignment else ())
    if len(found) > 1:
        names = ", ".join(target.found.assignment for target in found)
        message = say("you have begun {names}: which one is to be handed in?", names=names)
        raise UsageError(message, hint=say("Name it: grader submit NAME"))
    return found[0]


def _files(target: Target) -> dict[str, bytes]:
    """Return the files that the assignment wants: the one that is graded, under its own name."""
    from grader.records.errors import SubmissionError
    from grader.submissions.reading import MAX_NOTEBOOK, Unreadable, read_bytes

    path = target.found.path
    if path is None:
        raise SubmissionError(
            say("there is nothing to hand in: {why}", why=target.found.problem),
            hint=say("Write your answers into {name}.py or .ipynb.", name=target.found.assignment),
        )
    try:
        return {f"{target.found.assignment}{path.suffix.lower()}": read_bytes(path, MAX_NOTEBOOK)}
    except Unreadable as error:
        message = say("there is nothing to hand in: {why}", why=error)
        raise SubmissionError(message, hint=say("Hand in a plain file.")) from error
