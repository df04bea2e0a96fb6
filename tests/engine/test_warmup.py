"""How warm a zygote starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.engine.warmup import warmup_level
from tests.courses import CHECKS, write

ASSIGNMENTS = Path(__file__).resolve().parents[2] / "assignments"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        (CHECKS, "minimal"),
        (CHECKS + "\n# optimal\n", "minimal"),
        ("import torch\nmake = torch.optim.SGD\n" + CHECKS, "compiler"),
        ("from grader.authoring import train_step\n" + CHECKS, "compiler"),
        (CHECKS + "\n# torch.autograd.grad\n", "full"),
        (CHECKS + "\n# loss.backward()\n", "full"),
        ("from torch.utils.data import DataLoader\n" + CHECKS, "full"),
        ("from grader.authoring.vocabulary import build\n" + CHECKS, "full"),
    ],
)
def test_checks_of_objects_start_fully_warm(tmp_path: Path, text: str, level: str) -> None:
    path = write(tmp_path / "checks.py", text)
    plain = write(tmp_path / "plain.py", CHECKS)
    assert warmup_level([plain, path]) == level


def test_a_missing_file_is_left_for_the_loader_to_tell(tmp_path: Path) -> None:
    assert warmup_level([tmp_path / "checks.py"]) == "minimal"


@pytest.mark.parametrize(
    ("name", "level"), [("einsum", "minimal"), ("indexing", "minimal"), ("buffers", "full"), ("autograd", "compiler")]
)
def test_the_courses_own(name: str, level: str) -> None:
    assert warmup_level([ASSIGNMENTS / name / "checks.py"]) == level
