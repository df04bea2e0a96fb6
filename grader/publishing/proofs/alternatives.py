"""Do right answers in other styles than the reference's pass, whatever the seed?"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator, Sequence

from grader.authoring.exercises import Alternative, Exercise
from grader.course.loading import load_alternatives
from grader.judging.examples.cache import banks_for
from grader.judging.examples.expected import Reference
from grader.judging.schedule import Graders, cache_directory, grade_one, preload, reference_code
from grader.publishing.proofs.items import Item, Patient
from grader.publishing.proofs.references import why
from grader.records.verdict import Verdict
from grader.submissions.finding import Submission

SEEDS = (1, 2)
"""The other seeds, besides the course's own, on whose examples an alternative must pass."""

_Found = Sequence[tuple[Alternative, str]]


def prove(patient: Patient) -> Iterator[Item]:
    """Yield an item for each alternative: handed in as a student's, it must pass on the examples of every seed.

    Afterwards the patient's zygote holds the last seed's examples beside its own.
    """
    for name in patient.assignments:
        found = load_alternatives(patient.course.root, name)
        if found:
            yield from _of_assignment(patient, name, found)


def _of_assignment(patient: Patient, name: str, found: _Found) -> Iterator[Item]:
    known = {exercise.id: exercise for exercise in patient.graders.suites[name].exercises}
    for one, _ in found:
        if one.exercise not in known:
            message = f"there is no exercise {one.exercise}"
            yield Item("alternatives", f"{one.exercise}: {one.name}", False, message, "Mend @alternative(...).")
    asked = [(one, code) for one, code in found if one.exercise in known]
    exercises = [exercise for exercise in known.values() if any(one.exercise == exercise.id for one, _ in asked)]
    verdicts: dict[str, list[tuple[str, Verdict]]] = {}
    for seed in (None, *SEEDS):
        with _seeded(patient, name, exercises, seed) as graders:
            for one, code in asked:
                verdict = _graded(patient, graders, name, one, code)
                verdicts.setdefault(f"{one.exercise}: {one.name}", []).append((_called(seed), verdict))
    for subject, mine in verdicts.items():
        yield _item(subject, mine)


def _called(seed: int | None) -> str:
    return "the course's seed" if seed is None else f"seed {seed}"


def _item(subject: str, verdicts: Sequence[tuple[str, Verdict]]) -> Item:
    for seed, verdict in verdicts:
        if verdict.outcome != "passed":
            message = f"{verdict.outcome} with {seed}: {why(verdict)}"
            hint = "If it is right, mend what refuses it: an input space, a tolerance, a ban; else take it out."
            return Item("alternatives", subject, False, message, hint)
    return Item("alternatives", subject, True, f"passed with {len(verdicts)} seeds")


def _graded(patient: Patient, graders: Graders, name: str, one: Alternative, code: str) -> Verdict:
    cells = (*reference_code(patient.course.root, name).cells, code)
    submission = Submission(f"alternative {one.name}", name, f"{name}.py", cells)
    (verdict,) = grade_one(graders, submission, [one.exercise]).verdicts
    return verdict


@contextlib.contextmanager
def _seeded(patient: Patient, name: str, exercises: Sequence[Exercise], seed: int | None) -> Iterator[Graders]:
    """Yield graders for these exercises on the examples of another seed, or on their own."""
    graders = patient.graders
    if seed is None:
        yield graders
        return
    kept = cache_directory(patient.course.root)
    banks = banks_for(exercises, patient.course.examples.graded, seed, kept)
    preload(graders.zygote, banks)
    source = reference_code(patient.course.root, name)
    with contextlib.closing(Reference(graders.zygote, source, exercises, banks, kept)) as reference:
        suite = dataclasses.replace(
            graders.suites[name],
            exercises=tuple(exercises),
            banks=banks,
            expected=reference,
            mistakes=None,
            seed=seed,
            shrink_seconds=0.0,
        )
        yield Graders(graders.zygote, {name: suite}, graders.deadlines, graders.limits)
