"""The corpus: submissions labelled right or wrong from the course's contract alone, graded as a student's would be.

`tests/corpus/<assignment>.<exercise>/<situation>/` holds `<assignment>.py`, which answers that one exercise, and
`expected.json` with the outcome and the reason for it. The labels were written without a look at the checks, so they
find both answers that are wrongly accepted and answers that are wrongly refused.
"""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from grader.course.settings import load_course
from grader.judging.schedule import Graders, Options, grade_one, open_graders
from grader.records.verdict import OUTCOMES, Verdict
from grader.submissions.finding import read_file

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "tests" / "corpus"
NOT_PASSED = "not passed"
FEWEST = {"right": 4, "wrong": 6}


@dataclasses.dataclass(frozen=True)
class Situation:
    """One labelled submission."""

    exercise: str
    name: str
    path: Path
    outcome: str
    """An outcome of the grader, or "not passed" where the contract settles only that."""
    why: str

    @property
    def assignment(self) -> str:
        return self.exercise.partition(".")[0]

    @property
    def kind(self) -> str:
        return self.name.partition("_")[0]


def situations() -> Iterator[Situation]:
    for label in sorted(CORPUS.glob("*.*/*/expected.json")):
        folder = label.parent
        expected = json.loads(label.read_text(encoding="utf-8"))
        exercise = folder.parent.name
        path = folder / f"{exercise.partition('.')[0]}.py"
        yield Situation(exercise, folder.name, path, expected["outcome"], expected["why"])


SITUATIONS = tuple(situations())
EXERCISES = sorted({situation.exercise for situation in SITUATIONS})
Grade = Callable[[Situation], Verdict]


@pytest.fixture(scope="module")
def grade() -> Iterator[Grade]:
    """Grade a situation for its one exercise; an assignment is made ready once, when it is first asked for."""
    course = load_course(ROOT)
    options = Options(seed=20, shrink_seconds=0.0)
    ready: dict[str, Graders] = {}
    with ExitStack() as stack:

        def one(situation: Situation) -> Verdict:
            name = situation.assignment
            if name not in ready:
                ready[name] = stack.enter_context(open_graders(course, [name], options))
            graders = ready[name]
            bench = graders.benches[name]
            chosen = tuple(exercise for exercise in bench.exercises if exercise.id == situation.exercise)
            alone = dataclasses.replace(
                graders, benches={name: dataclasses.replace(bench, exercises=chosen, mistakes=None)}
            )
            (verdict,) = grade_one(alone, read_file(situation.path, name)).verdicts
            return verdict

        yield one


@pytest.mark.parametrize("situation", SITUATIONS, ids=[f"{s.exercise}/{s.name}" for s in SITUATIONS])
def test_graded_as_labelled(situation: Situation, grade: Grade) -> None:
    verdict = grade(situation)
    said = "; ".join(finding.message for finding in verdict.findings) or "nothing"
    told = f"{situation.why} Graded {verdict.outcome!r} after {verdict.examples} examples, saying: {said}"
    if situation.outcome == NOT_PASSED:
        assert verdict.outcome not in ("passed", "not_judged"), told
    else:
        assert verdict.outcome == situation.outcome, told
    assert verdict.points == (verdict.max_points if situation.kind == "right" else 0.0), told


@pytest.mark.parametrize("exercise", EXERCISES)
def test_both_kinds_are_there(exercise: str) -> None:
    kinds = Counter(situation.kind for situation in SITUATIONS if situation.exercise == exercise)
    assert set(kinds) == set(FEWEST)
    assert all(kinds[kind] >= fewest for kind, fewest in FEWEST.items()), kinds


def test_labels_are_sound() -> None:
    for situation in SITUATIONS:
        allowed = {"passed"} if situation.kind == "right" else {NOT_PASSED, *OUTCOMES} - {"passed", "not_judged"}
        assert situation.outcome in allowed, situation.path
        assert situation.why.endswith("."), situation.path


def test_no_submission_is_there_twice() -> None:
    texts = Counter(situation.path.read_text(encoding="utf-8") for situation in SITUATIONS)
    assert [text for text, count in texts.items() if count > 1] == []
