"""Which of the submissions that were found are graded: some students', those that failed, those that changed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from grader.records.errors import UsageError

if TYPE_CHECKING:
    from grader.course.settings import Course
    from grader.judging.driver import Task
    from grader.judging.schedule import Options
    from grader.results.store.store import Store


@dataclasses.dataclass(frozen=True)
class Choice:
    """What is asked for; without anything, all."""

    students: tuple[str, ...] = ()
    failed: bool = False
    """Only submissions that did not pass everything when they were last graded."""
    changed: bool = False
    """Only submissions of which the store lacks a result."""


def chosen(course: Course, tasks: Sequence[Task], options: Options, store: Store | None, choice: Choice) -> list[Task]:
    """Return the tasks that are asked for, in their order.

    Raises `UsageError` for a student who handed in nothing, for a choice that needs a store where there is none, and
    when none is left.
    """
    from grader.judging.incremental import plan

    if (choice.failed or choice.changed) and store is None:
        raise UsageError(
            "--failed and --changed need the results store.", hint="Leave --store none out, or grade everything."
        )
    found = [task for task in tasks if not choice.students or task.submission.student in choice.students]
    _check_students(choice.students, (task.submission.student for task in tasks))
    if choice.failed and store is not None:
        failed = {
            (owner.student, owner.assignment, owner.attempt)
            for owner, grading in store.latest().items()
            if grading.outcome != "passed"
        }
        found = [task for task in found if (*_work(task), task.submission.attempt) in failed]
    if choice.changed and store is not None:
        known = plan(course, found, options, store)
        found = [known.tasks[place] for place in known.open_places()]
    if not found:
        word = "that failed when it was last graded" if choice.failed else "that was not graded as it is now"
        raise UsageError(
            f"among {len(tasks)} submissions there is none {word}.", hint="Leave --failed and --changed out to see all."
        )
    # A report tells of attempts with the work that they are attempts at: whoever asks for one gets all of it.
    asked = {_work(task) for task in found}
    return [task for task in tasks if _work(task) in asked]


def _work(task: Task) -> tuple[str, str]:
    return task.submission.student, task.submission.assignment


def _check_students(wanted: Iterable[str], known: Iterable[str]) -> None:
    from grader.records.text.nearest import did_you_mean

    there = sorted(set(known))
    for name in wanted:
        if name not in there:
            raise UsageError(f"there is no submission of {name!r} here.", hint=did_you_mean(name, there))
