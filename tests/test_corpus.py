"""The corpus is graded as students' submissions are, each section for its one exercise, and gets what its label says.

The labels were written from the course's contract alone, without a look at the checks, so they find both answers that
are wrongly accepted and answers that are wrongly refused. `tests/conftest.py` shares them out by exercise where tests
run on several cores.

Each time, a sixth of the right answers are graded on a part of the examples, those of an assignment's exercises
together as the cells of one notebook, as long as that gives what the label says; of the wrong ones one in twenty,
always the same.
With GRADER_WHOLE_CORPUS=1 in the environment, as every night and before a release, all of them are graded, each alone
and on all examples.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

import pytest

from grader.course.settings import load_course
from grader.judging.schedule import Graders, Options, grade_one, open_graders
from grader.records.verdict import OUTCOMES, Verdict
from grader.submissions.finding import read_file
from tests.labelled import NOT_PASSED, Situation, sections, situations

ROOT = Path(__file__).resolve().parents[1]
FEWEST = {"right": 4, "wrong": 6}
SITUATIONS = tuple(situations())
EXERCISES = sorted({situation.exercise for situation in SITUATIONS})


WHOLE = bool(os.environ.get("GRADER_WHOLE_CORPUS"))
EXAMPLES = 100 if WHOLE else 30


def is_graded(situation: Situation) -> bool:
    """Whether a situation is among those that are graded each time; by its name, so that new ones change no others."""
    return WHOLE or zlib.crc32(situation.id.encode()) % (6 if situation.kind == "right" else 20) == 0


def _graded() -> Iterator[Situation]:
    """Yield what is graded: of every exercise at least one of each kind, the first by its name's checksum."""
    for exercise in EXERCISES:
        of_it = [situation for situation in SITUATIONS if situation.exercise == exercise]
        chosen = [situation for situation in of_it if is_graded(situation)]
        for kind in (kind for kind in FEWEST if kind not in {situation.kind for situation in chosen}):
            of_kind = [situation for situation in of_it if situation.kind == kind]
            chosen.append(min(of_kind, key=lambda situation: zlib.crc32(situation.id.encode())))
        yield from chosen


GRADED = tuple(_graded())
Grade = Callable[[Situation], Verdict]


class Grading:
    """Grades situations, one assignment after the other: what is asked for of one shares a zygote."""

    def __init__(self, folder: Path, asked: Sequence[Situation]) -> None:
        self._course = load_course(ROOT)
        self._folder = folder
        self._asked = asked
        self._open = contextlib.ExitStack()
        self._graders: Graders | None = None
        self._together: dict[str, Verdict] = {}

    def close(self) -> None:
        self._open.close()
        self._graders = None

    def grade(self, situation: Situation) -> Verdict:
        """Return the verdict on a situation, alone unless it came out as its label says together with others."""
        if self._graders is None or situation.assignment not in self._graders.suites:
            self.close()
            options = Options(seed=20, shrink_seconds=0.0, examples=EXAMPLES)
            self._graders = self._open.enter_context(open_graders(self._course, [situation.assignment], options))
        if situation.kind == "right" and not WHOLE:
            if situation.id not in self._together:
                self._grade_together(situation)
            if self._together[situation.id].outcome == "passed":
                return self._together[situation.id]
        path = self._folder / f"{situation.assignment}.py"
        path.write_bytes(situation.source.encode())
        (verdict,) = self._verdicts(path, situation.assignment, [situation.exercise])
        return verdict

    def _grade_together(self, situation: Situation) -> None:
        """Grade a right answer in one notebook with the first others that are not graded yet, one an exercise."""
        batch = {situation.exercise: situation}
        for other in self._asked:
            if other.assignment == situation.assignment and other.kind == "right" and other.id not in self._together:
                batch.setdefault(other.exercise, other)
        cells = [{"cell_type": "code", "metadata": {}, "source": one.source} for one in batch.values()]
        path = self._folder / f"{situation.assignment}.ipynb"
        path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells}))
        verdicts = self._verdicts(path, situation.assignment, batch)
        self._together |= {batch[verdict.exercise].id: verdict for verdict in verdicts}

    def _verdicts(self, path: Path, name: str, exercises: Collection[str]) -> tuple[Verdict, ...]:
        assert self._graders is not None
        suite = self._graders.suites[name]
        chosen = tuple(exercise for exercise in suite.exercises if exercise.id in exercises)
        alone = dataclasses.replace(suite, exercises=chosen, mistakes=None)
        return grade_one(dataclasses.replace(self._graders, suites={name: alone}), read_file(path, name)).verdicts


@pytest.fixture(scope="module")
def grade(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Grade]:
    """Grade a situation for its one exercise."""
    asked = [item.callspec.params.get("situation") for item in request.session.items if hasattr(item, "callspec")]
    folder = tmp_path_factory.mktemp("corpus")
    grading = Grading(folder, [one for one in asked if isinstance(one, Situation)])
    yield grading.grade
    grading.close()


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


def test_every_exercise_is_graded_on_answers_of_both_kinds() -> None:
    for kind in FEWEST:
        assert {situation.exercise for situation in GRADED if situation.kind == kind} == set(EXERCISES)


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
