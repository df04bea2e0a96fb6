"""The corpus is graded as students' submissions are, each section for its one exercise, and gets what its label says.

The labels were written from the course's contract alone, without a look at the checks, so they find both answers that
are wrongly accepted and answers that are wrongly refused. `tests/conftest.py` shares them out by exercise where tests
run on several cores.

Every right answer is graded each time, and of the wrong ones one in three, the same ones always. All of them are graded
with GRADER_WHOLE_CORPUS=1 in the environment, as every night and before a release.
"""

from __future__ import annotations

import dataclasses
import os
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.course.settings import load_course
from grader.judging.schedule import Options, grade_one, open_graders
from grader.records.verdict import OUTCOMES, Verdict
from grader.submissions.finding import read_file
from tests.labelled import NOT_PASSED, Situation, sections, situations

ROOT = Path(__file__).resolve().parents[1]
FEWEST = {"right": 4, "wrong": 6}
SITUATIONS = tuple(situations())
EXERCISES = sorted({situation.exercise for situation in SITUATIONS})


def is_graded(situation: Situation) -> bool:
    """Whether a situation is among those that are graded each time; by its name, so that new ones change no others."""
    always = situation.kind == "right" or bool(os.environ.get("GRADER_WHOLE_CORPUS"))
    return always or zlib.crc32(situation.id.encode()) % 3 == 0


GRADED = tuple(filter(is_graded, SITUATIONS))
Grade = Callable[[Situation], Verdict]


@pytest.fixture(scope="module")
def grade(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Grade]:
    """Grade a situation for its one exercise. What tests of this run ask for shares one zygote."""
    course = load_course(ROOT)
    asked = {item.callspec.params.get("situation") for item in request.session.items if hasattr(item, "callspec")}
    names = [name for name in course.names if name in {one.assignment for one in asked if isinstance(one, Situation)}]
    folder = tmp_path_factory.mktemp("corpus")
    with open_graders(course, names, Options(seed=20, shrink_seconds=0.0)) as graders:

        def one(situation: Situation) -> Verdict:
            name = situation.assignment
            bench = graders.benches[name]
            chosen = tuple(exercise for exercise in bench.exercises if exercise.id == situation.exercise)
            alone = dataclasses.replace(
                graders, benches={name: dataclasses.replace(bench, exercises=chosen, mistakes=None)}
            )
            path = folder / f"{name}.py"
            path.write_bytes(situation.source.encode())
            (verdict,) = grade_one(alone, read_file(path, name)).verdicts
            return verdict

        yield one


@pytest.mark.parametrize("situation", GRADED, ids=[situation.id for situation in GRADED])
def test_graded_as_labelled(situation: Situation, grade: Grade) -> None:
    verdict = grade(situation)
    said = "; ".join(finding.message for finding in verdict.findings) or "nothing"
    told = (
        f"{situation.place}: {situation.why} "
        f"Graded {verdict.outcome!r} after {verdict.examples} examples, saying: {said}"
    )
    if situation.outcome == NOT_PASSED:
        assert verdict.outcome not in ("passed", "not_judged"), told
    else:
        assert verdict.outcome == situation.outcome, told
    assert verdict.points == (verdict.max_points if situation.kind == "right" else 0.0), told


def test_both_kinds_are_there_for_each_exercise() -> None:
    for exercise in EXERCISES:
        kinds = Counter(situation.kind for situation in SITUATIONS if situation.exercise == exercise)
        assert all(kinds[kind] >= fewest for kind, fewest in FEWEST.items()), (exercise, kinds)


def test_no_exercise_is_graded_on_right_answers_alone() -> None:
    assert {situation.exercise for situation in GRADED if situation.kind == "wrong"} == set(EXERCISES)


def test_labels_are_sound() -> None:
    for situation in SITUATIONS:
        allowed = {"passed"} if situation.kind == "right" else {NOT_PASSED, *OUTCOMES} - {"passed", "not_judged"}
        assert situation.outcome in allowed, situation.place
        assert situation.why.endswith("."), situation.place
    assert [name for name, count in Counter(situation.id for situation in SITUATIONS).items() if count > 1] == []


def test_no_submission_is_there_twice() -> None:
    seen: dict[tuple[str, str], str] = {}
    for situation in SITUATIONS:
        first = seen.setdefault((situation.exercise, situation.source), situation.place)
        assert first == situation.place, f"{situation.place} holds the same submission as {first}"


def test_line_ends_are_kept_as_they_were_handed_in() -> None:
    """An editor that makes all line ends alike would take away what this one is about."""
    (windows,) = (situation for situation in SITUATIONS if situation.name == "windows_line_ends")
    assert "\r\n" in windows.source


def test_a_file_is_read_in_sections() -> None:
    text = "# About.\n\n# === right plain: Why: so.\nx = 1\n\n# === wrong odd (forbidden): Banned.\n\n# no\n\n\ny\n\n"
    read = [(s.id, s.outcome, s.why, s.source, s.place) for s in sections("a.b", text, "a.b.txt")]
    assert read == [
        ("a.b/right_plain", "passed", "Why: so.", "x = 1\n", "a.b.txt:3"),
        ("a.b/wrong_odd", "forbidden", "Banned.", "# no\n\n\ny\n", "a.b.txt:6"),
    ]


@pytest.mark.parametrize(
    "head", ["# === good plain: Why.", "# === right plain", "# === right two words: Why.", "# ===x"]
)
def test_a_heading_that_is_none_is_told_with_its_line(head: str) -> None:
    with pytest.raises(ValueError, match=r'^a\.b\.txt:2: "# ===.*" heads no section: "# === right name: Why\."'):
        list(sections("a.b", f"\n{head}\nx = 1\n", "a.b.txt"))


def test_a_file_without_a_heading_is_told() -> None:
    with pytest.raises(ValueError, match=r"^a\.b\.txt: no section begins here"):
        list(sections("a.b", "# About.\n== right plain: Why.\nx = 1\n", "a.b.txt"))
