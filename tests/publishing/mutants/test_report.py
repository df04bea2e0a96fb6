"""Shares, and what the proof and the table make of them."""

from __future__ import annotations

import io

from rich.console import Console

from grader.publishing.mutants.report import MutantReport, Result, Share, State
from grader.publishing.mutants.show import show
from grader.publishing.proofs.mutants import judge_shares


def result(exercise: str, state: State) -> Result:
    diff = f"--- f\n+++ f (operator)\n@@ line 3 @@\n-{exercise} was\n+{exercise} is"
    assignment = exercise.partition(".")[0]
    reason = "It [cannot] matter." if state == "equivalent" else ""
    return Result(
        assignment=assignment, exercise=exercise, defines="f", kind="operator", state=state, diff=diff, reason=reason
    )


REPORT = MutantReport(
    (
        *[result("a.one", "caught")] * 8,
        *[result("a.one", "survived")] * 2,
        *[result("a.two", "caught")] * 3,
        result("a.two", "survived"),
        *[result("b.three", "caught")] * 9,
        *[result("b.three", "equivalent")] * 5,
    ),
    made=40,
    problems=("b.three: the reference itself does not pass (value); no share of it means anything",),
)


def test_equivalent_mutants_do_not_count() -> None:
    assert REPORT.exercises()["b.three"] == Share(14, 9, 5)
    assert REPORT.exercises()["b.three"].share == 1.0
    assert REPORT.assignments()["a"] == Share(14, 11, 0)
    assert REPORT.total().survived == 3
    assert round(REPORT.total().share, 3) == round(20 / 23, 3)
    assert Share(3, 0, 3).share == 1.0


def test_the_thresholds_decide() -> None:
    items = list(judge_shares(REPORT, 0.85, 0.80))
    wrong = {item.subject: item.message for item in items if not item.ok}
    assert wrong == {
        "b.three": "the reference itself does not pass (value); no share of it means anything",
        "a.two": "3 of 4 caught, 75.0%: at least 80% are due",
    }
    assert [item.message for item in items if item.ok] == [
        "8 of 10 caught, 80.0%",
        "9 of 9 caught, 100.0% (5 equivalent)",
        "20 of 23 caught, 87.0% (5 equivalent)",
    ]
    assert not next(item for item in judge_shares(REPORT, 0.88, 0.1) if item.subject == "all").ok


def shown(verbose: bool) -> str:
    console = Console(file=io.StringIO(), width=100)
    show(REPORT, console, verbose=verbose)
    file = console.file
    assert isinstance(file, io.StringIO)
    return file.getvalue()


def test_survivors_are_shown_as_diffs_and_shares_as_a_table() -> None:
    text = shown(verbose=False)
    assert text.count("survived a.one: operator") == 2
    assert "-a.two was" in text
    assert "+a.two is" in text
    assert "b.three was" not in text
    rows = [line.split() for line in text.split("\n")]
    assert ["b.three", "14", "9", "5", "0", "100.0%"] in rows
    assert ["all", "28", "20", "5", "3", "87.0%"] in rows
    assert "28 of 40 mutants were tried; --all tries every one." in text


def test_equivalents_are_shown_with_their_reasons_when_asked_for() -> None:
    assert shown(verbose=True).count("It [cannot] matter.") == 5
