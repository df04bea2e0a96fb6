"""The second course of the repository: it proves itself, it is short, and answers to it are graded as they deserve."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.authoring.exercises import Alternative
from grader.course.settings import load_course
from grader.judging.schedule import Options, grade_one, open_graders
from grader.publishing.proofs import alternatives
from grader.publishing.proofs.table import PROOFS, Patient
from grader.submissions.finding import Submission
from tests.courses import REPOSITORY

COURSE = REPOSITORY / "examples" / "tensor_puzzles"
CHECKS = COURSE / "assignments/puzzles/checks.py"
SOURCES = (CHECKS, COURSE / "solutions/puzzles/puzzles.py", COURSE / "solutions/puzzles/mistakes.py")
ORIGINAL = 8.9
"""Lines an exercise takes in the collection that set this task, without prose."""

RIGHT = """
import torch
from torch import arange, where

def ones(i): return arange(i) * 0 + 1
def sum(a): return (ones(len(a)) @ a)[None]
def outer(a, b): return a[:, None] @ b[None, :]
def diag(a):
    '''The rows, and in each one entry.'''
    return a[arange(len(a)), arange(a.shape[1])]
def eye(j): return (arange(j)[:, None] == arange(j)) * 1
def triu(j): return 1 * (arange(j)[None] >= arange(j)[:, None])
def cumsum(a): return ones(len(a)) @ (a[:, None] * triu(len(a)))
def diff(a): return where(arange(len(a)) == 0, a, a - a[arange(len(a)) - 1])
def vstack(a, b): return where(arange(2)[:, None] < 1, a[None], b[None])
def roll(a): return a[arange(1 - len(a), 1)]
def flip(a): return a[-1 - arange(len(a))]
def compress(g, v): return v @ (eye(len(v))[cumsum(g * 1) - 1] * g[:, None])
def pad_to(a, j): return where(arange(j) < len(a), a @ ((arange(len(a))[:, None] == arange(j)) * 1), 0)
def sequence_mask(values, length): return values * (arange(values.shape[1])[None] < length[:, None])
def bincount(a, j): return ones(len(a)) @ ((a[:, None] == arange(j)) * 1)
def scatter_add(values, link, j): return values @ ((link[:, None] == arange(j)) * 1)
def flatten(a): return a[:, :][arange(a.numel()) // a.shape[1], arange(a.numel()) % a.shape[1]]
def linspace(i, j, n): return where(arange(n) < n, i + arange(n) * (j - i) / (n - 1 if n > 1 else 1), 0)
def heaviside(a, b): return where(a > 0, 1, where(a < 0, 0, b))
def repeat(a, d): return where(arange(d)[:, None] < d, a, 0)
def bucketize(v, boundaries): return ((v[:, None] >= boundaries) * 1) @ ones(len(boundaries))
"""
REFUSED = """
import numpy as np
import torch
from torch import arange, where

def ones(n): return torch.ones(n, dtype=torch.int64)
def sum(a): return a.sum()[None]
def outer(a, b): return torch.from_numpy(np.outer(a, b))
def diag(a): return torch.stack([row[k] for k, row in enumerate(a)]) if len(a) else a[:, 0]
def eye(n):
    k = arange(n)
    return where(k[:, None] == k, 1, 0)
def triu(n): return eye(n).cumsum(1)
"""


def without_prose(path: Path) -> int:
    """Count the lines of an author's file that are neither blank nor prose."""
    text = path.read_text(encoding="utf-8")
    prose: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            prose.update(range(node.lineno, (node.end_lineno or 0) + 1))
    lines = enumerate(text.splitlines(), 1)
    return len([line for number, line in lines if line.strip() and number not in prose and not _is_comment(line)])


def _is_comment(line: str) -> bool:
    return line.startswith("#") and not line.startswith('# %% exercise="')


def test_it_is_short() -> None:
    names = re.findall(r"^(\w+) = puzzle\.call\(", CHECKS.read_text(encoding="utf-8"), re.MULTILINE)
    settings = len((COURSE / "course.toml").read_text(encoding="utf-8").split("\n"))
    assert len(names) == 21
    assert without_prose(CHECKS) <= 4 * len(names)
    assert settings + sum(map(without_prose, SOURCES)) <= ORIGINAL * len(names)


@pytest.fixture(scope="module")
def patient() -> Iterator[Patient]:
    course = load_course(COURSE)
    with open_graders(course, ["puzzles"], Options(examples=30, shrink_seconds=0.0)) as graders:
        yield Patient(course, ("puzzles",), graders)


def graded(patient: Patient, source: str) -> dict[str, tuple[str, str]]:
    """Return outcome and first message of each exercise."""
    verdicts = grade_one(patient.graders, Submission("ada", "puzzles", "puzzles.py", (source,))).verdicts
    return {one.exercise.partition(".")[2]: (one.outcome, *(f.message for f in one.findings[:1])) for one in verdicts}


def test_it_proves_itself(patient: Patient) -> None:
    items = [item for prove in PROOFS.values() for item in prove(patient)]
    assert [item for item in items if not item.ok] == []
    assert len(items) > 3 * 21


def test_right_answers_in_another_style_pass(patient: Patient) -> None:
    found = graded(patient, RIGHT)
    assert {name: told for name, told in found.items() if told[0] != "passed"} == {}


def test_what_is_not_allowed_is_refused_and_named(patient: Patient) -> None:
    found = graded(patient, REFUSED)
    told = {name: found[name] for name in ("ones", "sum", "outer", "diag", "eye", "triu")}
    assert {outcome for outcome, _ in told.values()} == {"forbidden"}
    for name, part in [
        ("ones", "uses torch.ones, and this exercise allows only torch.arange, torch.where, operators, indexing: "),
        ("sum", "uses x.sum, and this exercise allows only"),
        ("outer", "numpy.outer, which this exercise forbids"),
        ("diag", "a comprehension, which this exercise forbids"),
        ("eye", "the answer takes 2 lines of its own, and this exercise allows 1; one more is line 12: return where"),
        ("triu", "x.cumsum"),
    ]:
        assert part in told[name][1], told[name]


def test_alternatives_are_proven_with_several_seeds(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {
        "by_product": ("puzzles.outer", "def outer(a, b):\n    return a[:, None] @ b[None]"),
        "by_torch": ("puzzles.outer", "import torch\ndef outer(a, b):\n    return torch.outer(a, b)"),
        "lost": ("puzzles.outr", ""),
    }
    found = [(Alternative(exercise, name, "outer"), code) for name, (exercise, code) in answers.items()]
    monkeypatch.setattr(alternatives, "load_alternatives", lambda *_: found)
    items = {item.subject.partition(": ")[2]: item for item in alternatives.prove(patient)}
    assert items["by_product"].message == "passed with 3 seeds"
    assert (items["lost"].ok, items["lost"].message) == (False, "there is no exercise puzzles.outr")
    assert not items["by_torch"].ok
    assert items["by_torch"].message.startswith("forbidden with the course's seed: cell ")
