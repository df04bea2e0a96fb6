"""Does every reference pass on the examples of other seeds too? A flake would cost a student points by chance."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator

from grader.doctor.items import Item, Patient
from grader.doctor.proofs import references
from grader.errors import AuthorError
from grader.examples import banks_for
from grader.expected import Reference
from grader.grading import Graders, preload, reference_source

SEEDS = 20


def prove(patient: Patient, count: int = SEEDS, progress: Callable[[int], None] | None = None) -> Iterator[Item]:
    """Yield an item for each exercise: the reference must pass on the examples of this many other seeds.

    The seeds are 1, 2, 3, ...: the same ones every time. Afterwards the patient's zygote holds the last one's examples.
    """
    outcomes: list[tuple[int, list[Item]]] = []
    for seed in range(1, count + 1):
        outcomes.append((seed, list(_graded(patient, seed))))
        if progress is not None:
            progress(seed)
    for subject in dict.fromkeys(item.subject for _, items in outcomes for item in items):
        mine = [(seed, item) for seed, items in outcomes for item in items if item.subject == subject]
        wrong = [(seed, item) for seed, item in mine if not item.ok]
        if not wrong:
            yield Item("seeds", subject, True, f"passed with {len(mine)} other seeds")
            continue
        seed, item = wrong[0]
        message = f"fails with {len(wrong)} of {len(mine)} other seeds; with seed {seed}: {item.message}"
        yield Item("seeds", subject, False, message, "Loosen what is too tight, or narrow the input space.")


def _graded(patient: Patient, seed: int) -> Iterator[Item]:
    """Grade the references on another seed's examples; nothing of it is kept."""
    graders = patient.graders
    for name in patient.assignments:
        bench = graders.benches[name]
        reference: Reference | None = None
        try:
            banks = banks_for(bench.exercises, patient.course.examples.graded, seed, None)
            preload(graders.zygote, banks)
            source = reference_source(patient.course.root, name)
            reference = Reference(graders.zygote, source, bench.exercises, banks)
            other = dataclasses.replace(bench, banks=banks, expected=reference, mistakes=None, seed=seed)
            sick = Graders(graders.zygote, {name: other}, graders.deadlines, graders.limits)
            yield from references.prove(Patient(patient.course, (name,), sick))
        except AuthorError as error:  # an input space that cannot be drawn, a reference that breaks a law
            yield Item("seeds", name, False, str(error))
        finally:
            if reference is not None:
                reference.close()
