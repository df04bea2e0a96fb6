"""`grader similar`: pairs of submissions that are alike, to be looked at by a person."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from grader.course.settings import Course
    from grader.submissions.similar import Pair

EXAMPLES = (
    ("grader similar einsum submitted", "pairs that share half or more of what is their own"),
    ("grader similar einsum submitted --least 0.8 --json", "only the most alike, for machines"),
)


def similar(
    assignment: Annotated[str, typer.Argument(help="The assignment.", show_default=False)],
    submissions: Annotated[Path, typer.Argument(help="The root of a class.", show_default=False)],
    least: Annotated[float, typer.Option(min=0.0, max=1.0, help="The share that must agree.")] = 0.5,
    as_json: Annotated[bool, typer.Option("--json", help="Print the pairs as JSON.")] = False,
    course: Annotated[Path | None, typer.Option(help="The course's folder; found upwards from here otherwise.")] = None,
) -> None:
    """List pairs of submissions that agree in more than the stub, the reference, and what many wrote.

    Names, comments and layout do not count. Nothing is decided by it, and no points are touched: two people who learned
    the same from the same book are alike too. Look at both, and talk to them.
    """
    import msgspec

    from grader.commands.grade import anchor, read_all
    from grader.course.settings import find_course, load_course
    from grader.submissions.similar import similar_pairs

    found = load_course(course or find_course(anchor([submissions])))
    found.assignment(assignment)
    read, _ = read_all(found, [submissions], assignment)
    pairs = similar_pairs(read, _given(found, assignment), least)
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(pairs), indent=1).decode())
        return
    typer.echo("\n".join(_lines(pairs)) or f"No two of {len(read)} submissions share so much.")


def _lines(pairs: Sequence[Pair]) -> list[str]:
    from grader.records.text.clean import clean

    lines = []
    for one in pairs:
        names = " and ".join(clean(name, 60, newlines=False) for name in (one.first, one.second))
        lines.append(f"{one.share:.0%}  {names}  ({one.tokens} tokens)")
        lines += [f"    {line}" for line in clean(one.excerpt, 600).split("\n")[:8]]
    return lines


def _given(course: Course, assignment: str) -> list[str]:
    """Return the code that everybody was given, and the reference, which resembles every right answer."""
    from grader.judging.schedule import reference_code

    stub = course.assignment_folder(assignment) / f"{assignment}.py"
    given = ["\n".join(reference_code(course.root, assignment).cells)]
    return [*given, stub.read_text(encoding="utf-8")] if stub.is_file() else given
