"""The one way from submissions to verdicts, whoever asks for it: tasks go in, verdicts come out to sinks."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterable, Sequence
from typing import Protocol

from grader.course.settings import Course
from grader.judging.checking import open_all_checkers
from grader.judging.reporting import refuse_weak
from grader.judging.schedule import Graded, Graders, Options, grade_all, lockdown, open_graders
from grader.results.report import Sandbox
from grader.submissions.finding import Submission


@dataclasses.dataclass(frozen=True)
class Task:
    """A submission, and what of it is asked for."""

    submission: Submission
    exercises: frozenset[str] = frozenset()
    """Ids of exercises; empty asks for all of its assignment."""


@dataclasses.dataclass(frozen=True)
class Run:
    """What sinks are told before anything is graded."""

    count: int
    """Submissions that will come."""
    sandbox: Sandbox
    """The measured level at which they are locked down."""
    known: int = 0
    """How many of them come first, and at once: their results were kept."""
    notes: tuple[str, ...] = ()
    """What whoever waits should know."""


class Sink(Protocol):
    """What takes verdicts: a report, a progress bar, a gradebook. It is called from one thread."""

    def begin(self, run: Run) -> None:
        """Hear of the run before anything is graded."""
        ...

    def add(self, graded: Graded, place: int) -> None:
        """Take a submission's verdicts; `place` is where it stands among the tasks, whenever it is finished."""
        ...


def opened(course: Course, names: Sequence[str], options: Options) -> contextlib.AbstractContextManager[Graders]:
    """Make ready to grade these assignments, on the public examples alone where the options say so.

    Raises `AuthorError` when the course is broken, its public examples are missing or stale.
    """
    if options.public:
        wanted = {name: [one for one in options.exercises if one.startswith(f"{name}.")] for name in names}
        return open_all_checkers(course, wanted, options.first)
    return open_graders(course, names, options)


def drive(graders: Graders, tasks: Sequence[Task], sinks: Iterable[Sink], options: Options) -> None:
    """Grade every task and hand each submission's verdicts to every sink as soon as they are there.

    Raises `UsageError`, before anything is graded, where student code cannot be locked down and the options do not
    allow that. An error of a sink ends the run.
    """
    sinks = tuple(sinks)
    sandbox = lockdown(graders)
    refuse_weak(sandbox.level, options.allow_weak)
    run = Run(len(tasks), sandbox)
    for sink in sinks:
        sink.begin(run)
    wanted = [(task.submission, task.exercises) for task in tasks]
    with contextlib.closing(grade_all(graders, wanted, options.jobs)) as every:
        for place, graded in every:
            for sink in sinks:
                sink.add(graded, place)
