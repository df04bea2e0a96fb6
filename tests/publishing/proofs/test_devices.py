"""What doctor says of `device="must"` where right answers would lose points to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.course.settings import load_course
from grader.judging.schedule import Options, open_graders
from grader.publishing.proofs import alternatives, references
from grader.publishing.proofs.items import Item, Patient
from tests.small_course import CHECKS, write_small_course

ALTERNATIVE = """\
import torch
from grader.authoring import alternative


@alternative("small.double")
def with_zeros(x):
    return x + x + torch.zeros(x.shape)
"""


def proven(folder: Path, proof: Callable[[Patient], Iterator[Item]]) -> list[Item]:
    """Return what a proof says of `small.double`, of which the device is a must."""
    checks = folder / "assignments" / "small" / "checks.py"
    checks.write_text(CHECKS.replace('hints=["Twice."]', 'hints=["Twice."], device="must"'))
    options = Options(seed=5, examples=5, exercises=frozenset({"small.double"}), shrink_seconds=0.0)
    course = load_course(folder)
    with open_graders(course, ["small"], options) as graders:
        return list(proof(Patient(course, ("small",), graders)))


@pytest.mark.parametrize("body", ["x + x + torch.zeros(x.shape)", "torch.from_numpy(x.detach().numpy()) * 2"])
def test_a_reference_that_cannot_tell_of_devices_is_told(tmp_path: Path, body: str) -> None:
    root = write_small_course(tmp_path)
    path = root / "solutions" / "small" / "small.py"
    path.write_text(path.read_text().replace("return x + x", f"return {body}"))
    *_, item = proven(root, references.prove)
    assert (item.subject, item.ok) == ("small.double", False)
    assert item.message == "the reference does not run on a simulated GPU, so no answer can be judged there"
    assert item.hint.endswith('mend it, or leave device="must" out.')


def test_an_alternative_that_would_lose_points_is_told_with_its_line(tmp_path: Path) -> None:
    root = write_small_course(tmp_path)
    (root / "solutions" / "small" / "alternatives.py").write_text(ALTERNATIVE)
    (item,) = proven(root, alternatives.prove)
    assert (item.subject, item.ok) == ("small.double: with_zeros", False)
    assert item.message.startswith("failed with the course's seed: runs on the CPU only: ")
    assert "makes a tensor on the CPU (`torch.zeros(...)`); give it `device=x.device`" in item.message
    right = ALTERNATIVE.replace("x.shape)", "x.shape, device=x.device)")
    (root / "solutions" / "small" / "alternatives.py").write_text(right)
    (item,) = proven(root, alternatives.prove)
    assert (item.ok, item.message) == (True, "passed with 3 seeds")


def test_a_reference_that_runs_anywhere_has_no_such_item(tmp_path: Path) -> None:
    assert [item.ok for item in proven(write_small_course(tmp_path), references.prove)] == [True]
