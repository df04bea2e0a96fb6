"""A student's own check: the frozen public examples, the same runner, no reference."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from grader.bench import Bench
from grader.course import Course, load_course
from grader.expected import FrozenAnswers
from grader.grading import Graders, checks_files, deadlines_of, grade_one, limits_of, preload
from grader.loading import load_exercises
from grader.public import check_complete, read_public
from grader.sandbox import Zygote
from grader.submission import Submission
from grader.verdict import Verdict


@contextlib.contextmanager
def open_checkers(course: Course, assignment: str, exercises: Iterable[str] = ()) -> Iterator[Graders]:
    """Make ready to check one assignment, or the exercises of it with these ids.

    Raises `AuthorError` when the public examples are absent, damaged or stale.
    """
    wanted = set(exercises)
    with Zygote.start(checks_files(course.root, assignment, hidden=False), warm="light") as zygote:
        chosen = [one for one in load_exercises(course.root, assignment, False) if not wanted or one.id in wanted]
        public = read_public(course.root, assignment)
        check_complete(public, chosen)
        probes = [probe.id for exercise in chosen for probe in exercise.probes]
        banks = {probe_id: bank for probe_id, bank in public.banks().items() if probe_id in probes}
        preload(zygote, banks)
        bench = Bench(tuple(chosen), banks, FrozenAnswers(public.bodies), shrink_seconds=0.0)
        yield Graders(zygote, {assignment: bench}, deadlines_of(course), limits_of(course))


def check_cells(
    course_root: Path, assignment: str, cells: Sequence[str], exercises: Iterable[str] = ()
) -> tuple[Verdict, ...]:
    """Return the verdicts on source cells, as a notebook's own test cells ask for them."""
    course = load_course(course_root)
    submission = Submission("you", assignment, f"{assignment}.ipynb", tuple(cells))
    with open_checkers(course, assignment, exercises) as graders:
        return grade_one(graders, submission).verdicts
