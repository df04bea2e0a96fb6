"""Hostile submissions, graded as any other: none gains a point it did not earn, none harms the next submission.

`tests/corpus/attacks/<name>/` holds `einsum.py`, hostile answers to three exercises, and `expected.json`: why it fails,
the outcomes allowed for each exercise, and texts that must not come out in what is shown. An outcome of "passed"
stands only where the answer is honest: a fault belongs to the exercise that met it. What is not defended says so in
its label, and its test is expected to fail.
"""

from __future__ import annotations

import dataclasses
import glob
import json
import os
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.course.settings import load_course
from grader.engine.deadlines import Deadlines
from grader.judging.schedule import Graders, Options, grade_one, open_graders
from grader.records.verdict import OUTCOMES, Verdict
from grader.results.render import render
from grader.results.report import Report, Sandbox, submission_report
from grader.submissions.finding import Submission, read_file

ROOT = Path(__file__).resolve().parents[1]
ATTACKS = ROOT / "tests" / "corpus" / "attacks"
NAMES = sorted(path.name for path in ATTACKS.iterdir() if path.is_dir())
EXERCISES = ("transpose", "trace", "row_sums")
FEWEST = 40
PATIENT = Deadlines(load=10.0, example=4.0, exercise=20.0)
IMPATIENT = Deadlines(load=1.0, example=0.3, exercise=1.0)
LONGEST_REPORT = 400_000
HONEST = """import torch

def transpose(x):
    return torch.einsum("rc->cr", x)

def trace(x):
    return torch.einsum("nn->", x)

def row_sums(x):
    return torch.einsum("rc->r", x)
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="runners are locked down on Linux only")


@pytest.fixture(scope="module")
def graders() -> Iterator[Graders]:
    chosen = frozenset(f"einsum.{name}" for name in EXERCISES)
    options = Options(seed=20, shrink_seconds=0.0, examples=8, exercises=chosen)
    with open_graders(load_course(ROOT), ["einsum"], options) as opened:
        level = opened.zygote.report().level
        if level == "weak":
            pytest.skip("this host locks runners down only weakly: hostile code is not run on it")
        suite = dataclasses.replace(opened.suites["einsum"], mistakes=None)
        yield dataclasses.replace(opened, suites={"einsum": suite}, deadlines=PATIENT)


def label(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((ATTACKS / name / "expected.json").read_text(encoding="utf-8"))
    return loaded


def by_name(verdicts: tuple[Verdict, ...]) -> dict[str, Verdict]:
    return {verdict.exercise.partition(".")[2]: verdict for verdict in verdicts}


def traces() -> list[str]:
    """Return what an attack could have left on this host."""
    places = {"/tmp", "/var/tmp", "/dev/shm", tempfile.gettempdir(), str(ROOT), os.getcwd(), os.path.expanduser("~")}
    return sorted(path for place in places for path in glob.glob(f"{place}/grader-attack*"))


def controls(text: str) -> set[str]:
    """Return the characters of `text` that could move a cursor, hide or reorder what follows, or be no text at all."""
    return {character for character in text if unicodedata.category(character) in {"Cc", "Cf", "Cs"}} - {"\n"}


def shown(verdicts: tuple[Verdict, ...]) -> str:
    """Return everything that a person or a program is shown of a verdict."""
    one = submission_report("mallory", "einsum", "einsum.py", verdicts)
    report = Report(course="c", seed=None, versions={}, sandbox=Sandbox(), submissions=(one,))
    machine = render(report, "json")
    parsed = json.dumps(json.loads(machine), ensure_ascii=False)
    terminal = render(report, "terminal")
    assert not controls(parsed + terminal)
    assert len(machine) < LONGEST_REPORT
    return machine + terminal


def marked(name: str) -> Any:
    gap = label(name).get("not defended")
    return pytest.param(name, marks=[pytest.mark.xfail(reason=str(gap))] if gap else [])


@pytest.mark.parametrize("name", [marked(name) for name in NAMES])
def test_an_attack_gains_nothing_and_harms_nobody(graders: Graders, name: str) -> None:
    expected = label(name)
    hangs = expected.get("hangs") or any("timeout" in allowed for allowed in expected["outcomes"].values())
    chosen = dataclasses.replace(graders, deadlines=IMPATIENT) if hangs else graders
    graded = grade_one(chosen, read_file(ATTACKS / name / "einsum.py", "einsum"))
    verdicts = by_name(graded.verdicts)
    for exercise, allowed in expected["outcomes"].items():
        verdict = verdicts[exercise]
        messages = "; ".join(finding.message[:300] for finding in verdict.findings)
        assert verdict.outcome in allowed, f"{exercise}: {verdict.outcome!r}, saying: {messages}"
        assert verdict.points == (verdict.max_points if verdict.outcome == "passed" else 0.0)
    text = shown(graded.verdicts)
    for secret in expected.get("never shown", ()):
        assert secret not in text
    assert traces() == []
    honest = by_name(grade_one(graders, Submission("grace", "einsum", "einsum.py", (HONEST,))).verdicts)
    assert {verdict.outcome for verdict in honest.values()} == {"passed"}


def test_the_corpus_is_large_and_its_labels_sound() -> None:
    assert len(NAMES) >= FEWEST
    for name in NAMES:
        expected = label(name)
        assert str(expected["why"]).endswith(".")
        assert set(expected["outcomes"]) == set(EXERCISES)
        for allowed in expected["outcomes"].values():
            assert allowed == ["passed"] or not {"passed", "not_judged"} & set(allowed)
            assert set(allowed) <= set(OUTCOMES)


def test_an_honest_answer_passes_under_the_same_conditions(graders: Graders) -> None:
    """The planted twin: if nothing passed here, the tests above would prove nothing."""
    graded = grade_one(graders, Submission("grace", "einsum", "einsum.py", (HONEST,)))
    assert [verdict.outcome for verdict in graded.verdicts] == ["passed"] * len(EXERCISES)
