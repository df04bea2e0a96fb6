"""A report that came from elsewhere, with hostile text in every field, is harmless however it is rendered."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from grader.records.findings import Finding
from grader.records.verdict import Outcome
from grader.results.render import render
from grader.results.report import ExerciseReport, Report, Sandbox, SubmissionReport
from tests import samples


def raw_report(evil: str, outcome: Outcome, students: int) -> Report:
    finding = Finding(
        kind="value",
        must=outcome != "passed",
        message=f"message {evil}",
        where=f"where {evil}",
        expected=f"expected {evil}",
        actual=f"actual {evil}",
        counterexample=f"x = 1 {evil}",
        mistake=f"mistake {evil}",
        device=evil,
        probe=evil,
        printed=evil,
    )
    exercise = ExerciseReport(
        id=f"einsum.{evil}",
        outcome=outcome,
        points=0.0,
        max_points=1.0,
        examples=3,
        seconds=0.1,
        findings=(finding, Finding(kind="aliasing", must=False, message=evil)),
        title=evil,
        hints=(evil,),
    )
    submissions = tuple(
        SubmissionReport(
            student=f"{number}{evil}",
            assignment=evil,
            source=evil,
            points=0.0,
            max_points=1.0,
            exercises=(exercise,),
            notes=(evil,),
        )
        for number in range(students)
    )
    return Report(
        course=evil,
        seed=evil,
        versions={"torch": evil},
        sandbox=Sandbox(evil, {evil: evil}),
        submissions=submissions,
        notes=(evil,),
    )


def is_inert(text: str) -> bool:
    return not any(unicodedata.category(character) in ("Cc", "Cf", "Cs") and character != "\n" for character in text)


@pytest.mark.parametrize("kind", ["terminal", "markdown", "html"])
@pytest.mark.parametrize("outcome", ["passed", "failed", "missing", "unreadable", "not_judged"])
@pytest.mark.parametrize("students", [1, 2])
def test_every_field_is_made_harmless(kind: str, outcome: Outcome, students: int) -> None:
    options: dict[str, Any] = {"width": 80, "colour": False, "unicode": True} if kind == "terminal" else {}
    text = render(raw_report(samples.HOSTILE + "\ud800", outcome, students), kind, **options)
    assert is_inert(text)
    assert r"\x1b[2J" in text.replace("\\\\x1b\\[", r"\x1b[")
    assert not any(line.lstrip().startswith("::") for line in text.split("\n"))


def test_planted_bug_the_hostile_text_itself_is_not_inert() -> None:
    assert not is_inert(samples.HOSTILE)
    assert not is_inert("\ud800")
