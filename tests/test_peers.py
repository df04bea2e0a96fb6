"""The comparison with other graders counts rightly, and its submissions deserve what they are said to deserve."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import pytest

from benchmarks.peers.__main__ import PEERS, judge, table
from benchmarks.peers.common import TESTING, by_exercise, notebook, statements_testing
from benchmarks.peers.submissions import ALL, EXERCISES, REFERENCE, VICTIM, Submission, submissions
from benchmarks.peers.with_otter import _points as otter_points
from benchmarks.peers.with_pytest import _points as junit_points

EVERY = submissions(Path("/nowhere"))
HARMLESS = [one for one in EVERY if one.kind in ("right", "wrong")]


def passes(one: Submission, name: str) -> bool:
    """Say whether a submission's cells pass the tests that the peers are given."""
    scope: dict[str, Any] = {}
    with contextlib.redirect_stderr(io.StringIO()):
        for cell in one.cells:
            exec(cell, scope)
        try:
            exec(statements_testing(name), scope)
        except (AssertionError, NotImplementedError, RuntimeError):
            return False
    return True


@pytest.mark.parametrize("one", HARMLESS, ids=lambda one: one.name)
def test_what_a_submission_deserves_is_what_the_tests_say(one: Submission) -> None:
    assert {name for name in EXERCISES if passes(one, name)} == one.right


def test_there_are_all_kinds_and_the_victim_comes_after_the_vandal() -> None:
    assert {one.kind for one in EVERY} == {"right", "wrong", "messy", "hostile"}
    names = sorted(one.name for one in EVERY)
    assert len({*names}) == len(names)
    assert names.index("hostile_vandal") < names.index(VICTIM)
    assert {one.name for one in EVERY if one.kind == "hostile" and one.right} == set()
    assert {*PEERS} == {"grader", "nbgrader", "otter", "pytest"}


def test_points_are_counted_by_what_they_were_given_for() -> None:
    half = Submission("half", "wrong", "", {}, frozenset({"matmul"}))
    victim = Submission(VICTIM, "right", "", REFERENCE, ALL)
    scores = {"half": {**by_exercise(), "matmul": 0.0, "softmax": 1.0}, VICTIM: by_exercise(1.0)}
    row = judge("x", [half, victim], scores, False, 3.0, {"x": "1"})
    assert (row.deserved, row.given, row.wrongly_given, row.withheld, row.seconds) == (5, 4.0, 1.0, 1.0, 1.5)
    assert (row.wrong, row.short, row.lost, row.harm) == ({"half": 1.0}, {"half": 1.0}, [], False)
    lost = judge("x", [half, victim], {"half": by_exercise()}, False, 3.0, {})
    assert (lost.lost, lost.harm) == ([VICTIM], True), "a victim without its points was harmed"
    assert "| x | 4 of 5 | 1 | 1 | 0 | no | 1.50 |" in table([row])


def test_results_of_the_peers_are_read(tmp_path: Path) -> None:
    junit = tmp_path / "junit.xml"
    junit.write_text('<s><testcase name="test_matmul"/><testcase name="test_softmax"><failure/></testcase></s>')
    assert junit_points(junit) == {**by_exercise(), "matmul": 1.0}
    junit.write_text("torn")
    assert junit_points(junit) == by_exercise()
    otter = tmp_path / "results.json"
    otter.write_text('{"tests": [{"name": "matmul", "score": 1}, {"name": "Public Tests"}]}')
    assert otter_points(otter) == {**by_exercise(), "matmul": 1.0}
    assert '"nbformat": 4' in notebook(["x = 1"])
    compile(TESTING, "testing", "exec")


def test_the_documentation_speaks_of_what_is_compared() -> None:
    page = (Path(__file__).parents[1] / "docs/maintainers/peers.md").read_text(encoding="utf-8")
    for name in PEERS:
        assert re.search(rf"^\| {name}\S* ", page, re.MULTILINE), name
    assert f"{sum(len(one.right) for one in EVERY)}" in page
