"""Exercises in one line: their names, spaces and options, what a file has in common, and the messages of slips."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from grader.authoring import call, defaults
from grader.authoring.exercises import Exercise
from grader.course.loading import load_exercises, load_probes
from grader.course.slices import part_for
from grader.judging.examples.cache import declaring_file
from grader.records.errors import AuthorError
from tests.courses import write


def loaded(root: Path, body: str) -> list[Exercise]:
    start = "from grader.authoring import call, defaults, exercise, integers, tensors\n"
    write(root / "assignments/demo/checks.py", start + body)
    return load_exercises(root, "demo")


def test_an_exercise_has_the_name_it_is_assigned_to_and_calls_that_function(tmp_path: Path) -> None:
    (outer,) = loaded(tmp_path, 'outer = call(a="i", b=tensors("j", "int64"), points=2, hints="Broadcast.")\n')
    (probe,) = outer.probes
    assert (outer.id, probe.id, outer.names, outer.hints) == (
        "demo.outer",
        "demo.outer/outer",
        ("outer",),
        ("Broadcast.",),
    )
    assert (probe.arguments["a"].shape, probe.arguments["a"].dtype) == ("i", "floating")  # type: ignore[attr-defined]
    submission = SimpleNamespace(outer=lambda first, second: (first, second))
    assert probe.run(submission, b=2, a=1) == (1, 2)  # whatever the order in which they come
    assert declaring_file(probe) == tmp_path / "assignments/demo/checks.py"  # an edit of it draws anew
    assert [one.id for one in load_probes("demo", tmp_path / "assignments/demo/checks.py")] == [probe.id]


def test_further_probes_and_laws_are_added_to_it(tmp_path: Path) -> None:
    body = """
pick = call(x="n", points=1)

@pick.also()
def of_matrices(submission, x="n m"):
    return submission.pick(x)

@pick.law("it is short")
def _(example, observed): ...
"""
    (pick,) = loaded(tmp_path, body)
    assert [probe.name for probe in pick.probes] == ["pick", "of_matrices"]
    assert [law.title for law in pick.probes[0].laws] == ["it is short"]


def test_what_a_file_has_in_common(tmp_path: Path) -> None:
    body = """
puzzle = defaults(points=1, dtype="int64", bans="torch.outer")
ones = puzzle.call(n=integers(0, 5))
outer = puzzle.call(a="i", b="j", points=3, bans=())

@puzzle.exercise(hints="Twice.")
def double(submission, x="n"):
    return submission.double(x)
"""
    ones, outer, double = loaded(tmp_path, body)
    assert [one.points for one in (ones, outer, double)] == [1, 3, 1]
    assert [one.bans for one in (ones, outer, double)] == [("torch.outer",), (), ("torch.outer",)]
    assert double.probes[0].arguments["x"].dtype == "int64"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: defaults(point=1), "defaults: unknown option 'point'; known are "),
        (lambda: defaults(dtype="int64").call(a="i"), "an exercise has no points"),
        (lambda: call(points=1, a=3), "a=3 is no input space"),
        (lambda: call(points=1, title=call(points=1, x="n").probes[0].arguments["x"]), "'title' is an option"),
        (lambda: call(points=1, x="n", hint="Twice."), "call: unknown option 'hint'. Did you mean 'hints'?"),
        (lambda: call(points=0, x="n"), "points must be greater than 0"),
    ],
)
def test_slips_are_told(make: Any, message: str) -> None:
    with pytest.raises(AuthorError) as caught:
        make()
    assert message in caught.value.message


def test_a_name_that_is_assigned_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AuthorError, match=r"checks.py:3: 'a' is defined again and replaces line 2"):
        loaded(tmp_path, 'a = call(x="n", points=1)\na = call(y="n", points=1)\n')


def test_parts_have_points_of_their_own(tmp_path: Path) -> None:
    body = """
pick = call(x="n", points=2)

@pick.also()
def of_vectors(submission, x="n"):
    return submission.pick(x)

@pick.also(points=1.5)
def of_matrices(submission, x="n m"):
    return submission.pick(x)
"""
    (pick,) = loaded(tmp_path, body)
    assert pick.points == 3.5
    assert pick.parts() == {
        "pick": (2.0, {"demo.pick/pick", "demo.pick/of_vectors"}),
        "of_matrices": (1.5, {"demo.pick/of_matrices"}),
    }
    assert call(x="n", points=2).parts() == {}
    with pytest.raises(AuthorError, match="of_matrices: points=-1"):
        loaded(tmp_path, body.replace("1.5", "-1"))


def test_an_edit_of_one_call_touches_that_exercise_alone() -> None:
    text = """
puzzle = defaults(points=1)
outer = puzzle.call(a="i", b="j")
eye = call(n="n", points=1)

@puzzle.exercise()
def double(submission, x="n"): ...

@outer.also()
def of_one(submission, x="n"): ...
"""
    names = ("outer", "eye", "double")
    before = {name: part_for(text, name) for name in names}

    def touched(old: str, new: str) -> list[str]:
        return [name for name in names if part_for(text.replace(old, new), name) != before[name]]

    assert touched('b="j"', 'b="k"') == ["outer"]
    assert touched('n="n"', 'n="m"') == ["eye"]
    assert touched('def double(submission, x="n")', 'def double(submission, x="m")') == ["double"]
    assert touched('def of_one(submission, x="n")', 'def of_one(submission, x="m")') == ["outer"]
    assert touched("points=1)\nouter", "points=2)\nouter") == list(names)
