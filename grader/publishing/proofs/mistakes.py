"""Is every typical mistake caught, and does each exercise name some?"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from grader.authoring.exercises import Exercise, Mistake
from grader.engine.faults import RunnerTrouble
from grader.engine.session import Session
from grader.judging.judge import judge
from grader.judging.suite import Suite
from grader.publishing.proofs.items import Item, Patient
from grader.records.errors import GraderError
from grader.records.rules import Rules
from grader.records.verdict import Verdict


def prove(patient: Patient) -> Iterator[Item]:
    """Yield an item for each mistake, which must lose the points, and for each exercise that names none."""
    for name in patient.assignments:
        suite = patient.graders.suites[name]
        known = suite.mistakes.by_exercise() if suite.mistakes is not None else {}
        for exercise in suite.exercises:
            if not known.get(exercise.id):
                yield Item("mistakes", exercise.id, False, "names no typical mistake", "Add one to mistakes.py.")
        exercises = {exercise.id: exercise for exercise in suite.exercises}
        for exercise_id, mistakes in known.items():
            for mistake in mistakes:
                yield _caught(patient, suite, exercises.get(exercise_id), mistake)


def _caught(patient: Patient, suite: Suite, exercise: Exercise | None, mistake: Mistake) -> Item:
    subject = f"{mistake.exercise}: {mistake.name}"
    if exercise is None:
        return Item("mistakes", subject, False, f"there is no exercise {mistake.exercise}", "Mend @mistake(...).")
    try:
        verdict = _graded(patient, suite, exercise, mistake)
    except (RunnerTrouble, GraderError) as error:
        return Item("mistakes", subject, False, f"cannot be run: {error}", "Mend mistakes.py.")
    if verdict.outcome == "passed":
        hint = "Either it is right after all, or the probe's input space misses where it differs."
        return Item("mistakes", subject, False, f"not caught by {verdict.examples} examples", hint)
    kind = verdict.findings[0].kind if verdict.findings else verdict.outcome
    if verdict.outcome == "missing":
        return Item("mistakes", subject, False, f"cannot be graded: {verdict.findings[0].message}", "Mend mistakes.py.")
    return Item("mistakes", subject, True, f"caught ({kind})")


def _graded(patient: Patient, suite: Suite, exercise: Exercise, mistake: Mistake) -> Verdict:
    assert suite.mistakes is not None
    # Bans, needs and rules are another matter: a mistake is caught by what it does.
    free = dataclasses.replace(exercise, bans=(), needs=(), rules=Rules())
    quick = dataclasses.replace(suite, mistakes=None, shrink_seconds=0.0)
    source = suite.mistakes.source(mistake)
    with Session(patient.graders.zygote, source, patient.graders.deadlines, patient.graders.limits) as session:
        return judge(quick, free, session)
