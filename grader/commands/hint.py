"""`grader hint`: the next hint of an exercise, one at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.records.text.saying import say

EXAMPLES = (
    ("grader hint einsum.trace", "the next hint; the first when there was none yet"),
    ("grader hint einsum.trace --all", "every hint at once"),
    ("grader hint einsum.trace --restart", "from the first hint again"),
)


def hint(
    exercise: Annotated[str, typer.Argument(help="An exercise's id, such as einsum.trace.", show_default=False)],
    everything: Annotated[bool, typer.Option("--all", help="Show every hint.")] = False,
    restart: Annotated[bool, typer.Option("--restart", help="Begin with the first hint again.")] = False,
    course: Annotated[Path | None, typer.Option(help="The course's folder; found upwards from here otherwise.")] = None,
) -> None:
    """Show an exercise's next hint. Hints grow more direct: try again before you ask for another."""
    from grader.course.settings import find_course, load_course, speak_for
    from grader.judging.schedule import cache_directory
    from grader.results.progress import read_progress, with_hint, write_progress

    found = load_course(course if course is not None else find_course(Path.cwd()))
    speak_for(found)
    hints = hints_of(found.root, found.names, exercise)
    folder = cache_directory(found.root)
    progress = read_progress(folder)
    seen = progress.hints.get(exercise, 0)
    first = 0 if restart or everything else min(seen, len(hints) - 1)
    last = len(hints) if everything else first + 1
    for number, text in enumerate(hints[first:last], first + 1):
        head = say("{exercise}, hint {number} of {total}", exercise=exercise, number=number, total=len(hints))
        typer.echo(f"{head}: {text}")
    if last == len(hints):
        typer.echo(say("That is the last hint."))
    write_progress(folder, with_hint(progress, exercise, last))


def hints_of(root: Path, names: tuple[str, ...], exercise: str) -> tuple[str, ...]:
    """Return an exercise's hints. Raises `UsageError` for an unknown id, and when there is no hint."""
    from grader.course.loading import load_exercises
    from grader.records.errors import UsageError
    from grader.records.text.nearest import did_you_mean

    assignment = exercise.partition(".")[0]
    if assignment not in names:
        message = say("there is no assignment {name!r} in this course", name=assignment)
        raise UsageError(message, hint=did_you_mean(assignment, names))
    known = {one.id: one for one in load_exercises(root, assignment)}
    if exercise == assignment:
        raise UsageError(
            say("{name} is an assignment", name=exercise),
            hint=say("Name one of its exercises, such as {name}.", name=next(iter(known))),
        )
    if exercise not in known:
        raise UsageError(say("there is no exercise {name!r}", name=exercise), hint=did_you_mean(exercise, known))
    if not known[exercise].hints:
        suggestion = say("Run `grader check {name}` to see what is wrong.", name=exercise)
        raise UsageError(say("{name} has no hint", name=exercise), hint=suggestion)
    return known[exercise].hints
