"""Who moves up or down when results are made again, and why."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

from grader.results.render.statistics import trouble
from grader.results.report import SubmissionReport
from grader.results.store.kept import Grading, Owner


@dataclasses.dataclass(frozen=True)
class Move:
    """One exercise of one student, before and after."""

    owner: Owner
    before: Grading
    outcome: str
    points: float
    max_points: float
    why: str
    """What is wrong now, in the words that the student reads first; empty where it passes."""

    @property
    def up(self) -> float:
        """How many points are won; fewer than 0 are lost."""
        return round(self.points - (self.before.points or 0.0), 6)


def moves(latest: Mapping[Owner, Grading], graded: Iterable[tuple[str, SubmissionReport]]) -> list[Move]:
    """Return what differs from the last results, in the order of what was graded: attempts with what they earned.

    Neither what was not graded before nor what could not be judged now is among it.
    """
    found = []
    for attempt, submission in graded:
        for exercise in submission.exercises:
            owner = Owner(submission.student, submission.assignment, exercise.id, attempt)
            before = latest.get(owner)
            if before is None or exercise.points is None:
                continue
            if (before.outcome, before.points) == (exercise.outcome, exercise.points):
                continue
            first = next((one for one in exercise.findings if one.must), None)
            why = "" if first is None else f"{trouble(exercise)}: {first.message}"
            move = Move(owner, before, exercise.outcome, exercise.points, exercise.max_points, why)
            found.append(move)
    return found
