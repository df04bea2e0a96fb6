"""Few findings are told of an exercise, those that cost points first; the others are counted everywhere alike."""

from __future__ import annotations

import msgspec
import pytest

from grader.records.findings import Finding
from grader.results.render import render
from grader.results.render.grouping import foremost
from tests import samples

FINDINGS = (
    Finding(kind="value", must=False, message="number 0"),
    *(Finding(kind="value", must=True, message=f"number {n}", counterexample=f"x = {n}") for n in range(1, 6)),
)


def test_three_are_told_and_the_others_counted() -> None:
    told, more = foremost(FINDINGS)
    assert [one.message for one in told] == ["number 1", "number 2", "number 3"]
    assert more == "3 further findings are in the report."
    assert foremost(FINDINGS[1:4])[1] == ""
    assert foremost(FINDINGS[1:5])[1] == "1 further finding is in the report."


@pytest.mark.parametrize("form", ["terminal", "markdown", "html"])
def test_every_form_tells_them(form: str) -> None:
    report = samples.a_class()
    one = report.submissions[0]
    failed = next(exercise for exercise in one.exercises if exercise.outcome == "failed")
    many = msgspec.structs.replace(failed, findings=FINDINGS)
    changed = msgspec.structs.replace(one, exercises=(many,))
    text = render(msgspec.structs.replace(report, submissions=(changed,)), form)
    assert "number 3" in text
    assert "number 4" not in text
    assert "3 further findings are in the report." in text
