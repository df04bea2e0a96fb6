"""Numbers about a whole class: how many pass an exercise, and what the others get wrong."""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Iterable, Iterator

from grader.records.findings import Kind
from grader.records.verdict import Outcome, add
from grader.results.report import ExerciseReport, Report


@dataclasses.dataclass(frozen=True)
class ExerciseStatistics:
    """One exercise over all submissions that were judged."""

    id: str
    judged: int
    passed: int
    troubles: tuple[tuple[str, int], ...]
    """What goes wrong, with how many submissions it happens to; the commonest first."""

    @property
    def share(self) -> float:
        """The part of the judged submissions that pass, from 0 to 1."""
        return self.passed / self.judged if self.judged else 0.0


def exercise_statistics(report: Report) -> list[ExerciseStatistics]:
    """Return the statistics of every exercise in the order of the report, those of its parts below it."""
    found: dict[str, list[ExerciseReport]] = {}
    for submission in report.submissions:
        for exercise in submission.exercises:
            found.setdefault(exercise.id, []).append(exercise)
    return [
        one for name, exercises in found.items() for one in (_statistics(name, exercises), *_parts(name, exercises))
    ]


def _parts(name: str, exercises: list[ExerciseReport]) -> Iterator[ExerciseStatistics]:
    judged = [part for exercise in exercises if exercise.outcome != "not_judged" for part in exercise.parts]
    for part in dict.fromkeys(part.name for part in judged):
        same = [one.passed for one in judged if one.name == part]
        yield ExerciseStatistics(f"{name} · {part}", len(same), sum(same), ())


def _statistics(name: str, exercises: list[ExerciseReport]) -> ExerciseStatistics:
    judged = [exercise for exercise in exercises if exercise.outcome != "not_judged"]
    troubles = collections.Counter(trouble(exercise) for exercise in judged if exercise.outcome != "passed")
    passed = sum(exercise.outcome == "passed" for exercise in judged)
    return ExerciseStatistics(name, len(judged), passed, tuple(troubles.most_common()))


def trouble(exercise: ExerciseReport) -> str:
    """Return in one or two words why an exercise did not pass: the first finding's kind, or the outcome."""
    if exercise.outcome == "failed":
        musts = [finding.kind for finding in exercise.findings if finding.must]
        return _WRONG.get(musts[0], musts[0].replace("_", " ")) if musts else "failed"
    return _ENDED.get(exercise.outcome, exercise.outcome.replace("_", " "))


_WRONG: dict[Kind, str] = {
    "value": "wrong value",
    "shape": "wrong shape",
    "dtype": "wrong dtype",
    "device": "wrong device",
    "gradient": "wrong gradient",
    "structure": "wrong structure",
    "type": "wrong type",
    "mutation": "input modified",
    "aliasing": "shared memory",
    "rng": "generator moved",
    "law": "law broken",
}
_ENDED: dict[Outcome, str] = {
    "raised": "exception",
    "memory": "out of memory",
    "missing": "not written",
    "unloaded": "not loaded",
    "forbidden": "ban or need",
}


def troubles(exercises: Iterable[ExerciseReport]) -> list[tuple[str, int]]:
    """Return why exercises did not pass, with how many, the commonest first."""
    return collections.Counter(trouble(one) for one in exercises if one.outcome != "passed").most_common()


def mean_points(report: Report, assignment: str) -> float | None:
    """Return the mean points of the submissions to an assignment that are fully judged; None when there is none."""
    points = [one.points for one in report.submissions if one.assignment == assignment and one.points is not None]
    return round(add(points) / len(points), 2) if points else None
