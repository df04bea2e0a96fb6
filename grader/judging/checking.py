"""A student's own check: the frozen public examples, the same runner, no reference."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Iterator, Mapping

from grader.course.loading import load_exercises
from grader.course.settings import Course
from grader.engine.sandbox import Zygote
from grader.engine.warmup import warmup_level
from grader.judging.examples.bank import Bank
from grader.judging.examples.expected import FrozenAnswers
from grader.judging.examples.public import PublicExamples, check_complete, read_public
from grader.judging.recognising import Recogniser
from grader.judging.schedule import Graders, checks_files, deadlines_of, limits_of, preload
from grader.judging.sealed import read_sealed
from grader.judging.suite import Suite


@contextlib.contextmanager
def open_checkers(course: Course, assignment: str, exercises: Iterable[str] = ()) -> Iterator[Graders]:
    """Make ready to check one assignment, or the exercises of it with these ids.

    Raises `AuthorError` when the public examples are absent, damaged or stale.
    """
    with open_all_checkers(course, {assignment: exercises}) as graders:
        yield graders


@contextlib.contextmanager
def open_all_checkers(
    course: Course, wanted: Mapping[str, Iterable[str]], first: Collection[str] = ()
) -> Iterator[Graders]:
    """Make ready to check assignments, of each the exercises with these ids, all of them when none is given.

    The examples with the digests `first` come before the others of their probes.
    Raises `AuthorError` when public examples are absent, damaged or stale.
    """
    files = [pair for name in wanted for pair in checks_files(course.root, name, hidden=False)]
    with Zygote.start(files, warm=warmup_level(path for _, path in files)) as zygote:
        suites = {name: _open_suite(course, name, frozenset(ids), first) for name, ids in wanted.items()}
        preload(zygote, {probe_id: bank for suite in suites.values() for probe_id, bank in suite.banks.items()})
        yield Graders(zygote, suites, deadlines_of(course), limits_of(course))


def _open_suite(course: Course, name: str, wanted: frozenset[str], first: Collection[str]) -> Suite:
    chosen = [one for one in load_exercises(course.root, name, False) if not wanted or one.id in wanted]
    public = read_public(course.root, name).with_first(first)
    check_complete(public, chosen)
    probes = [probe.id for exercise in chosen for probe in exercise.probes]
    banks = {probe_id: bank for probe_id, bank in public.banks().items() if probe_id in probes}
    expected = FrozenAnswers(public.bodies, public.limits, public.simulations)
    return Suite(
        tuple(chosen),
        banks,
        expected,
        sealed=_recogniser(course, public, banks),
        shrink_seconds=0.0,
        given=public.given,
        tells_examples=True,
    )


def _recogniser(course: Course, public: PublicExamples, banks: Mapping[str, Bank]) -> Recogniser | None:
    sealed = read_sealed(course.root, public.assignment)
    if sealed is None or sealed.examples != public.digest:
        return None  # made for other examples: it would recognise nothing
    return Recogniser(sealed.mistakes, banks)
