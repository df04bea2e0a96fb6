"""Mutants before the engine: caught where the checks look, survivors where they do not; and references that flake."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.course.settings import Course, load_course
from grader.judging.schedule import Graders, Options, open_graders
from grader.publishing.mutants.report import MutantReport
from grader.publishing.mutants.trial import Settings, try_mutants
from grader.publishing.proofs import seeds
from grader.publishing.proofs.table import Patient
from tests.courses import write, write_settings
from tests.publishing.mutants.making import solution

CHECKS = """\
from grader.authoring import exercise, integers, tensors


@exercise(points=1)
def tight(submission, x=tensors("n m", dtype="float32")):
    return submission.tight(x)


@exercise(points=1)
def loose(submission, x=tensors("n m", dtype="float32")):
    return submission.loose(0 * x)
"""

SICK = """

@exercise(points=1, bans="torch.Tensor.sum")
def sick(submission, x=tensors("n m", dtype="float32")):
    return submission.sick(x)
"""

REFERENCE = "# %%\nimport torch\n\n\n" + "\n\n".join(
    solution(line, signature=f"def {name}(x):")
    for name, line in {"tight": "return x.detach() + 1", "loose": "return x + x", "sick": "return x.sum()"}.items()
)

LAW = """\
from grader.authoring import exercise, integers


@exercise(points=1)
def same(submission, n=integers(0, 5000)):
    return submission.same(n)


@same.law("most numbers will do")
def _(example, observed):
    return {}
"""


def write_assignment(root: Path, name: str, checks: str, reference: str) -> None:
    write(root / f"assignments/{name}/checks.py", checks)
    write(root / f"solutions/{name}/{name}.py", reference)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    root = write_settings(tmp_path_factory.mktemp("course"), "well", "unwell", "flaky", "steady")
    write_assignment(root, "well", CHECKS, REFERENCE.partition("def sick")[0])
    write_assignment(root, "unwell", CHECKS + SICK, REFERENCE)
    same = "# %%\n" + solution("return n", signature="def same(n):")
    write_assignment(root, "steady", LAW.format("True"), same)
    # A planted flake: few seeds draw no example that breaks the law.
    write_assignment(root, "flaky", LAW.format("example.n < 4950"), same)
    return load_course(root)


@pytest.fixture(scope="module")
def graders(course: Course) -> Iterator[Graders]:
    with open_graders(course, course.names, Options(seed=5, examples=25)) as opened:
        yield opened


def tried(course: Course, graders: Graders, name: str = "well", most: int | None = None) -> MutantReport:
    return try_mutants(course, graders, [name], Settings(most, jobs=2))


def survivors(report: MutantReport) -> set[str]:
    lines = {line for one in report.results if one.state == "survived" for line in one.diff.split("\n")[3:]}
    return {line[1:].strip() for line in lines if line.startswith("+")}


def test_what_the_checks_do_not_look_at_survives(course: Course, graders: Graders) -> None:
    told: list[tuple[int, int]] = []
    report = try_mutants(course, graders, ["well"], Settings(None, 2), lambda done, count: told.append((done, count)))
    assert survivors(report) == {"return x - x", "return x"}
    assert report.problems == ()
    assert report.exercises()["well.tight"].share == 1.0
    assert {"value", "requires_grad"} <= {one.by for one in report.results}
    assert report.exercises()["well.loose"].survived == report.exercises()["well.loose"].mutants == 2
    assert sorted(told) == [(number, report.made) for number in range(1, report.made + 1)]
    assert all(one.mark for one in report.results if one.state == "survived")


def test_marks_account_for_survivors_unless_they_are_caught(course: Course, graders: Graders) -> None:
    path = course.root / "solutions/well/equivalent.toml"
    mark = '[[equivalent]]\ndefines = "{}"\nold = "{}"\nnew = "{}"\nreason = "Both are 0."\n'
    try:
        write(
            path,
            mark.format("loose", "return x + x", "return x - x")
            + mark.format("tight", "return x.detach() + 1", "return x.detach() - 1")
            + mark.format("tight", "return x.sum()", "return x"),
        )
        report = tried(course, graders)
    finally:
        path.unlink()
    assert survivors(report) == {"return x"}
    assert [one.reason for one in report.results if one.state == "equivalent"] == ["Both are 0."]
    assert report.problems == (
        "solutions/well/equivalent.toml: tight: no mutant changes `return x.sum()` to `return x`",
        "tight: marked as equivalent, but caught (value): `return x.detach() - 1`",
    )
    assert report.exercises()["well.tight"].equivalent == 0


def test_a_reference_that_fails_itself_is_told(course: Course, graders: Graders) -> None:
    assert tried(course, graders, "unwell", most=1).problems == (
        "unwell.sick: the reference itself does not pass (banned); no share of it means anything",
    )


def test_only_so_many_are_tried(course: Course, graders: Graders) -> None:
    report = tried(course, graders, most=2)
    assert [share.mutants for share in report.exercises().values()] == [2, 2]
    assert report.made > len(report.results) == 4


def test_references_pass_with_other_seeds_and_a_flake_is_found(course: Course, graders: Graders) -> None:
    told: list[int] = []
    items = list(seeds.prove(Patient(course, ("steady", "flaky"), graders), 3, told.append))
    assert told == [1, 2, 3]
    steady, flaky = items
    assert (steady.subject, steady.ok, steady.message) == ("steady.same", True, "passed with 3 other seeds")
    assert (flaky.subject, flaky.ok) == ("flaky.same", False)
    assert re.fullmatch(r"fails with [123] of 3 other seeds; with seed [123]: flaky.same/same: .*", flaky.message)
    assert "most numbers will do" in flaky.message
