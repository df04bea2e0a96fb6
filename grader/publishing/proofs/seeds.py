"""Does every reference pass on the examples of other seeds too? A flake would cost a student points by chance."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator

from grader.authoring.exercises import Exercise
from grader.judging.examples.cache import banks_for
from grader.judging.examples.expected import Reference
from grader.judging.schedule import Graders, preload, reference_code
from grader.publishing.proofs import references
from grader.publishing.proofs.items import Item, Patient
from grader.records.errors import AuthorError

SEEDS = 20


def prove(patient: Patient, count: int = SEEDS, progress: Callable[[int], None] | None = None) -> Iterator[Item]:
    """Yield an item for each exercise: the reference must pass on the examples of this many other seeds.

    The seeds are 1, 2, 3, ...: the same ones every time. Afterwards the patient's zygote holds the last one's examples.
    """
    outcomes: dict[str, list[tuple[int, Item]]] = {}
    for seed in range(1, count + 1):
        for item in _graded(patient, seed):
            outcomes.setdefault(item.subject, []).append((seed, item))
        if progress is not None:
            progress(seed)
    for subject, mine in outcomes.items():
        wrong = [(seed, item) for seed, item in mine if not item.ok]
        if not wrong:
            yield Item("seeds", subject, True, f"passed with {count} other seeds")
            continue
        seed, item = wrong[0]
        message = f"fails with {len(wrong)} of {count} other seeds; with seed {seed}: {item.message}"
        yield Item("seeds", subject, False, message, "Loosen what is too tight, or narrow the input space.")


def _graded(patient: Patient, seed: int) -> Iterator[Item]:
    """Grade each exercise's reference on another seed's examples; nothing of it is kept."""
    for name in patient.assignments:
        for exercise in patient.graders.suites[name].exercises:
            try:
                yield _of_exercise(patient, name, exercise, seed)
            except AuthorError as error:  # an input space that cannot be drawn, a reference that breaks a law
                yield Item("seeds", exercise.id, False, error.message)


def _of_exercise(patient: Patient, name: str, exercise: Exercise, seed: int) -> Item:
    graders = patient.graders
    banks = banks_for([exercise], patient.course.examples.graded, seed, None)
    preload(graders.zygote, banks)
    source = reference_code(patient.course.root, name)
    with contextlib.closing(Reference(graders.zygote, source, [exercise], banks)) as reference:
        suite = dataclasses.replace(
            graders.suites[name], exercises=(exercise,), banks=banks, expected=reference, mistakes=None, seed=seed
        )
        alone = Graders(graders.zygote, {name: suite}, graders.deadlines, graders.limits)
        (item,) = references.prove(Patient(patient.course, (name,), alone))
    return item
