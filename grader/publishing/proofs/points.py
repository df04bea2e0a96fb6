"""Do the exercises' points add up to what course.toml promises, and has each exercise a hint?"""

from __future__ import annotations

from collections.abc import Iterator

from grader.publishing.proofs.items import Item, Patient


def prove(patient: Patient) -> Iterator[Item]:
    """Yield an item for each assignment's sum of points, and for each exercise without a hint."""
    for name in patient.assignments:
        exercises = patient.graders.suites[name].exercises
        promised = patient.course.assignment(name).points
        total = round(sum(exercise.points for exercise in exercises), 6)
        ok = abs(total - promised) < 1e-6
        message = f"{len(exercises)} exercises, {total:g} points"
        hint = ""
        if not ok:
            message += f", but course.toml says {promised:g}"
            hint = f"`grader build` writes points = {total:g} into course.toml; or mend checks.py."
        yield Item("points", name, ok, message, hint)
        for exercise in exercises:
            if not exercise.hints:
                yield Item("points", exercise.id, False, "has no hint", "Give @exercise(hints=[...]) at least one.")
