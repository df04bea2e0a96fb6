"""Nothing is graded twice: what a store holds is taken from it, what it does not hold is graded and kept at once."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from grader.course.settings import Course
from grader.judging.driver import Run, Sink, Task, drive, opened
from grader.judging.keys import Keys
from grader.judging.schedule import Graded, Options
from grader.results.report import Sandbox
from grader.results.store.kept import Result

if TYPE_CHECKING:
    from grader.results.store.store import Store

LEVELS = ("weak", "good", "strong")


@dataclasses.dataclass(frozen=True)
class Plan:
    """What of each task is known already, and what is still to be graded."""

    tasks: tuple[Task, ...]
    keys: tuple[dict[str, str], ...]
    """Of each task, by the exercise's id in the course's order."""
    held: Mapping[str, Result]
    """By key."""

    def missing(self, place: int) -> frozenset[str]:
        """Return the ids of a task's exercises that are to be graded."""
        return frozenset(name for name, key in self.keys[place].items() if key not in self.held)

    def open_places(self) -> list[int]:
        """Return the places of the tasks that something is missing of."""
        return [place for place in range(len(self.tasks)) if self.missing(place)]

    def known(self, place: int, fresh: Mapping[str, Result] | None = None) -> dict[str, Result]:
        """Return a task's results by key: those held, with fresh ones."""
        found = {**self.held, **(fresh or {})}
        return {key: found[key] for key in self.keys[place].values() if key in found}


def plan(course: Course, tasks: Sequence[Task], options: Options, store: Store, *, force: bool = False) -> Plan:
    """Ask the store for the results of these tasks; `force` has it know none. Raises `AuthorError`, `UsageError`."""
    keys = Keys(course, options)
    wanted = []
    for task in tasks:
        found = keys.of(task.submission)
        wanted.append({name: key for name, key in found.items() if not task.exercises or name in task.exercises})
    held = {} if force else store.find(key for row in wanted for key in row.values())
    usable = {key: one for key, one in held.items() if one.sandbox.level != "weak" or options.allow_weak}
    return Plan(tuple(tasks), tuple(wanted), usable)


def grade_incrementally(course: Course, found: Plan, sinks: Iterable[Sink], options: Options, store: Store) -> None:
    """Hand each task's verdicts to every sink, as `drive` does; only what is missing of them is graded.

    A result is in the store before a sink hears of it. Where nothing is missing, nothing is started. Raises as `drive`
    and `opened` do, and `UsageError` when the store cannot be written.
    """
    places = found.open_places()
    joining = _Joining(found, places, tuple(sinks), store)
    if not places:
        joining.begin(Run(0, Sandbox()))
        return
    missing = frozenset().union(*(found.missing(place) for place in places))
    names = [name for name in course.names if any(one.startswith(f"{name}.") for one in missing)]
    tasks = [Task(found.tasks[place].submission, found.missing(place)) for place in places]
    narrowed = dataclasses.replace(options, exercises=missing)
    _drive(course, names, tasks, (joining,), narrowed)


def grade_tasks(
    course: Course,
    tasks: Sequence[Task],
    sinks: Sequence[Sink],
    options: Options,
    store: Store | None = None,
    *,
    force: bool = False,
) -> None:
    """Grade every task with what a store holds, where there is one, and hand its verdicts to every sink.

    Checks with the public examples alone are always run: these are frozen, and no key tells them apart.
    Raises as `plan` and `grade_incrementally` do.
    """
    if store is not None and not options.public:
        grade_incrementally(course, plan(course, tasks, options, store, force=force), sinks, options, store)
        return
    wanted = {task.submission.assignment for task in tasks}
    _drive(course, [name for name in course.names if name in wanted], tasks, sinks, options)


def _drive(
    course: Course, names: Sequence[str], tasks: Sequence[Task], sinks: Sequence[Sink], options: Options
) -> None:
    if options.cluster:
        from grader.judging.cluster import drive_on_cluster

        drive_on_cluster(course, names, tasks, sinks, options)
        return
    with opened(course, names, options) as graders:
        drive(graders, tasks, sinks, options)


class _Joining:
    """A sink that keeps what is graded, and tells other sinks of it together with what was known."""

    def __init__(self, found: Plan, places: Sequence[int], sinks: Sequence[Sink], store: Store) -> None:
        self._plan, self._places, self._sinks, self._store = found, places, sinks, store
        self._sandbox = Sandbox()

    def begin(self, run: Run) -> None:
        """Tell of the run, and at once of everything that is known whole."""
        self._sandbox = run.sandbox
        used = {key for row in self._plan.keys for key in row.values()}
        levels = [one.sandbox for key, one in self._plan.held.items() if key in used]
        levels += [run.sandbox] if self._places else []
        weakest = min(levels, key=_rank, default=run.sandbox)
        for sink in self._sinks:
            sink.begin(Run(len(self._plan.tasks), weakest, len(self._plan.tasks) - len(self._places), run.notes))
        waiting = set(self._places)
        for place in range(len(self._plan.tasks)):
            if place not in waiting:
                self._tell(place, {}, 0.0)

    def add(self, graded: Graded, place: int) -> None:
        """Keep what was graded, then tell of it. What was not judged is told, and not kept."""
        where = self._places[place]
        keys = self._plan.keys[where]
        fresh = {keys[verdict.exercise]: Result(verdict, self._sandbox, graded.seconds) for verdict in graded.verdicts}
        self._tell(where, fresh, graded.seconds)

    def _tell(self, place: int, fresh: Mapping[str, Result], seconds: float) -> None:
        submission = self._plan.tasks[place].submission
        made = self._plan.known(place, fresh)
        kept = {key: one for key, one in made.items() if one.verdict.outcome != "not_judged"}
        self._store.keep(
            submission.student, submission.assignment, kept, [key for key in fresh if key in kept], submission.attempt
        )
        wall = seconds or max((one.seconds for one in made.values()), default=0.0)
        graded = Graded(submission, tuple(one.verdict for one in made.values()), wall)
        for sink in self._sinks:
            sink.add(graded, place)


def _rank(sandbox: Sandbox) -> int:
    return LEVELS.index(sandbox.level) if sandbox.level in LEVELS else -1
