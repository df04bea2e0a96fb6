"""`grader regrade`: make results again, and see who moves before anything is written."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.commands.choosing import Choice
from grader.commands.grade import JsonFile, Kept, Quiet, StoreName, Student, anchor, report_on, tasks_of

if TYPE_CHECKING:
    from grader.course.settings import Course
    from grader.judging.driver import Task
    from grader.judging.schedule import Options
    from grader.results.moves import Move

EXAMPLES = (
    ("grader regrade submitted --diff", "after an edit of a check: who would move, and why; nothing is written"),
    ("grader regrade submitted --json results.json", "write it, unless somebody would lose points"),
    ("grader regrade submitted --json results.json --accept-lower", "write it all the same"),
    ("grader regrade submitted --exercise einsum.trace --force --diff", "does anybody's result depend on luck?"),
)


def regrade(
    targets: Annotated[list[Path], typer.Argument(help="Files, submissions, or roots of many.", show_default=False)],
    json_file: JsonFile = None,
    course: Annotated[Path | None, typer.Option(help="The course's folder; found upwards from here otherwise.")] = None,
    assignment: Annotated[str | None, typer.Option(help="The assignment of a single file.")] = None,
    exercise: Annotated[list[str] | None, typer.Option(help="Grade only this exercise; may be repeated.")] = None,
    student: Student = None,
    diff: Annotated[bool, typer.Option("--diff", help="Only show who would move; write nothing.")] = False,
    accept_lower: Annotated[bool, typer.Option("--accept-lower", help="Write it though points are lost.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Grade also what did not change.")] = False,
    jobs: Annotated[int, typer.Option(min=0, help="Submissions at a time; 0 takes one a core.")] = 0,
    store: StoreName = None,
    allow_weak: Annotated[bool, typer.Option(help="Grade although this host cannot lock student code down.")] = False,
    quiet: Quiet = False,
) -> None:
    """Grade again what changed, show who moves up or down and why, and write it unless somebody loses points.

    What is compared with are the last results in the store. `grader history` shows those before.
    """
    from grader.course.settings import find_course, load_course, speak_for
    from grader.judging.schedule import Options

    found = load_course(course or find_course(anchor(targets)))
    speak_for(found)
    options = Options(jobs=jobs, exercises=frozenset(exercise or ()), allow_weak=allow_weak)
    kept = Kept(json_file, quiet=quiet, store=store, force=force, choice=Choice(tuple(student or ())))
    regrade_all(found, tasks_of(found, targets, assignment, options), options, kept, only_diff=diff, lower=accept_lower)


def regrade_all(
    course: Course,
    found: tuple[Sequence[Task], tuple[str, ...]],
    options: Options,
    kept: Kept,
    *,
    only_diff: bool,
    lower: bool,
) -> None:
    """Grade, show who moves, and then write it where it is wanted and allowed.

    Until then results are kept by their keys alone, so that nothing is graded twice, and nobody's last one is changed.
    """
    from grader.commands.choosing import chosen
    from grader.commands.storing import remembered
    from grader.judging.reporting import EachSink, empty_report
    from grader.records.errors import UsageError
    from grader.results.moves import moves

    tasks, notes = found
    blank = empty_report(course, None, notes)
    with remembered(course, kept.store, blank.versions) as store:
        if store is None:
            raise UsageError("regrading needs the results store.", hint="Leave --store none out.")
        tasks = chosen(course, tasks, options, store, kept.choice)
        store.noting = False
        each = EachSink()
        report_on(course, tasks, blank, options, dataclasses.replace(kept, json_file=None), store, (each,))
        moved = moves(store.latest(), each.graded)
        _show(moved)
        if not only_diff:
            _refuse_lower(moved, lower)
            store.noting = True
            report_on(course, tasks, blank, options, dataclasses.replace(kept, force=False, quiet=True), store)


def _show(moved: Sequence[Move]) -> None:
    from grader.results.render.moves import render

    typer.echo(render(moved), nl=False)


def _refuse_lower(moved: Sequence[Move], accepted: bool) -> None:
    from grader.records.errors import UsageError
    from grader.results.render.words import count

    lower = sum(move.up < 0 for move in moved)
    if lower and not accepted:
        raise UsageError(
            f"{count(lower, 'result')} would be lowered: nothing was written.",
            hint="Look at them above, then write them with --accept-lower.",
        )
