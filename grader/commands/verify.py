"""`grader verify`: check a receipt of `grader submit` against what was handed in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

EXAMPLES = (
    ("grader verify einsum-submission.receipt.json einsum-submission.zip", "is this what was packed?"),
    ("grader verify receipt.json submitted/ada/einsum", "against the folder that was collected"),
)


def verify(
    receipt: Annotated[Path, typer.Argument(help="The receipt.", dir_okay=False, show_default=False)],
    submission: Annotated[Path, typer.Argument(help="The zip, folder or file handed in.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Say whether a receipt is that of a submission: exits with 0 when it is, with 1 when it is not.

    A receipt proves which bytes were packed. Time and points are the word of the machine that packed them, unless it
    is signed: set GRADER_RECEIPT_KEY where students cannot read it, such as in a CI of yours, and here.
    """
    import msgspec

    from grader.records.errors import EXIT_STUDENT
    from grader.records.text.clean import clean
    from grader.records.text.saying import say
    from grader.submissions.receipts import KEY_VARIABLE, handed_in, problems, read_receipt

    found = read_receipt(receipt)
    files = handed_in(submission, frozenset(found.files))
    wrong = problems(found, files, os.environ.get(KEY_VARIABLE) or None)
    if as_json:
        result = {"accepted": not wrong, "signed": found.signed, "problems": wrong, "receipt": found}
        typer.echo(msgspec.json.format(msgspec.json.encode(result), indent=1).decode())
    else:
        points = say("not judged") if found.points is None else f"{found.points:.10g}"
        summed = say("{points} of {most} points", points=points, most=f"{found.max_points:.10g}")
        typer.echo(clean(" · ".join((found.assignment, found.time, summed, *found.files)), 500, newlines=False))
        for problem in wrong:
            typer.echo(say("no: {problem}", problem=clean(problem, 300, newlines=False)))
        if not wrong and found.signed:
            typer.echo(say("accepted: these are the files that were packed (signed)"))
        elif not wrong:
            typer.echo(
                say(
                    "accepted: these are the files that were packed (not signed: its time and points are the student's "
                    "own word)"
                )
            )
    if wrong:
        raise typer.Exit(EXIT_STUDENT)
