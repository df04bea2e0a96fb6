"""Answers that go around a need or let somebody else do what is forbidden, and honest twins of them, graded.

`tests/corpus/attacks/needs.txt` and `bans.txt` hold the programs in the corpus' sections, each for one exercise of a
small course.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.course.settings import load_course
from grader.judging.schedule import Graders, Options, grade_one, open_graders
from grader.records.text.undecided import undecided
from grader.records.verdict import Verdict
from grader.submissions.finding import Submission
from tests.courses import write, write_settings
from tests.labelled import Situation, sections

ATTACKS = Path(__file__).parent / "corpus" / "attacks"

CHECKS = """\
from grader.authoring import exercise, gather_index, just, tensors

A = tensors("n d", dtype="float32", sizes={"n": (1, 4), "d": (1, 4)})
B = tensors("m d", dtype="float32", sizes={"m": (1, 4), "d": (1, 4)})


@exercise(points=2, needs="torch.einsum")
def product(submission, a=A, b=B):
    return submission.product(a, b)


@exercise(points=2, bans=["torch.gather", "torch.take_along_dim"])
def picked(submission, x=A, dim=just(1), index=gather_index("x", "dim")):
    return submission.picked(x, index)
"""

REFERENCE = """\
# %%
import torch


def product(a, b):
    ### BEGIN SOLUTION
    return torch.einsum("nd,md->nm", a, b)
    ### END SOLUTION


def picked(x, index):
    ### BEGIN SOLUTION
    return x[torch.arange(index.shape[0]).unsqueeze(1), index]
    ### END SOLUTION
"""


def programs() -> list[Situation]:
    found = []
    for file, exercise in (("needs.txt", "held.product"), ("bans.txt", "held.picked")):
        found += sections(exercise, (ATTACKS / file).read_text(encoding="utf-8"), file)
    return found


PROGRAMS = programs()


@pytest.fixture(scope="module")
def graders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graders]:
    root = tmp_path_factory.mktemp("course")
    write_settings(root, "held")
    settings = root / "course.toml"
    write(settings, settings.read_text(encoding="utf-8").replace("points = 1", "points = 4"))
    write(root / "assignments" / "held" / "checks.py", CHECKS)
    write(root / "solutions" / "held" / "held.py", REFERENCE)
    options = Options(seed=7, examples=30, shrink_seconds=0.0)
    with open_graders(load_course(root), ["held"], options) as opened:
        yield opened


def graded(graders: Graders, exercise: str, source: str) -> Verdict:
    verdicts = grade_one(graders, Submission("mallory", "held", "held.py", (source,))).verdicts
    return next(verdict for verdict in verdicts if verdict.exercise == exercise)


@pytest.mark.parametrize("program", PROGRAMS, ids=[f"{one.exercise}-{one.kind}-{one.name}" for one in PROGRAMS])
def test_needs_are_met_and_bans_are_kept(graders: Graders, program: Situation) -> None:
    verdict = graded(graders, program.exercise, program.source)
    said = "; ".join(finding.message for finding in verdict.findings)
    assert verdict.outcome == program.outcome, (
        f"{program.place}: {program.why} Graded {verdict.outcome}, saying: {said}"
    )
    if program.kind == "right":
        assert undecided("", "").strip(": ") not in said, f"{program.place}: {said}"


def test_what_runs_below_the_code_is_told_and_costs_nothing(graders: Graders) -> None:
    source = (
        "import torch\n"
        "lib = torch.library.Library('aten', 'IMPL')\n"
        "lib.impl('hypot', lambda a, b: a + b, 'AutogradCPU')\n"
        "def picked(x, i):\n"
        "    return x[torch.arange(i.shape[0]).unsqueeze(1), i]\n"
    )
    verdict = graded(graders, "held.picked", source)
    assert verdict.outcome == "passed"
    assert [(finding.kind, finding.must) for finding in verdict.findings] == [("banned", False)]
    assert undecided("", "").strip(": ") in verdict.findings[0].message
