"""Released notebooks in a real kernel: what their cells say, and what they leave alone."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from grader.course.settings import load_course
from grader.course.setup_cell import setup_source
from grader.publishing.release import release_to_folder
from tests.courses import REPOSITORY
from tests.integrations.notebook.kernel import answered, checks, executed, said

BEFORE = """\
import random, numpy, torch
torch.set_default_dtype(torch.float64)
_ = torch.manual_seed(3), random.seed(3), numpy.random.seed(3)
drawn = torch.rand(2), random.random(), numpy.random.rand()
_ = torch.manual_seed(3), random.seed(3), numpy.random.seed(3)
names = set(globals())
"""
AFTER = (
    setup_source(),
    "now = torch.rand(2), random.random(), numpy.random.rand()\ntorch.equal(now[0], drawn[0]), now[1:] == drawn[1:]",
    'print(torch.get_default_dtype(), *sorted(name for name in set(globals()) - names if name[0] != "_"))',
    "%%exercise einsum.trace\ndef trace(x):\n    return x",
    "%%exercise einsum.trace\ndef trace(x):\n    return torch.einsum('ii->', x)",
    'check("einsum.trace").passed',
    "%%exercise einsum.trace\n1 / 0",
    "%%exercise\n1",
    'check("einsum.tracee")',
    "%course",
    "%env GRADER_LANG=ko",
    'check("einsum.row_sums")',
    "%cd -q {alone}",
    'check("einsum.row_sums")',
    "%course {url}",
    'check("einsum.row_sums")',
)
READY = -len(AFTER)
WRONG = {"row_sums": 'def row_sums(x):\n    return torch.einsum("ij->j", x)'}


def released(folder: Path, *names: str) -> Path:
    assert list(release_to_folder(load_course(REPOSITORY), folder, names))
    return folder


@pytest.fixture(scope="module")
def cells(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """Return the cells of one run of one assignment: the references, but for one wrong answer."""
    folder = released(tmp_path_factory.mktemp("released"), "einsum")
    notebook = answered(load_course(REPOSITORY), "einsum", folder, WRONG)
    alone = tmp_path_factory.mktemp("alone")
    archive = Path(shutil.make_archive(str(folder), "zip", folder))
    after = [source.replace("{alone}", str(alone)).replace("{url}", archive.as_uri()) for source in AFTER]
    return executed(notebook, folder / "assignments/einsum", [BEFORE], after)


def test_each_exercise_is_checked_by_the_cell_after_it(cells: list[Any]) -> None:
    told = checks(cells)
    assert len(told) == 17
    wrong = [exercise for exercise, text in told.items() if "passed" not in text]
    assert wrong == ["einsum.row_sums"]
    assert "expected shape" in told["einsum.row_sums"]
    marked = next(cell for cell in cells if cell.metadata.get("grader", {}).get("check") == wrong[0])
    html = said(marked, "text/html")
    assert "expected shape" in html
    assert "<mark" in html


def test_the_first_cell_says_nothing_once_and_again(cells: list[Any]) -> None:
    ready = [cell for cell in cells if "%reload_ext grader" in cell.source]
    assert [said(cell) for cell in ready] == ["", ""]


def test_the_notebook_is_left_alone(cells: list[Any]) -> None:
    assert said(cells[READY + 1]) == "(True, True)"
    _, dtype, *names = said(cells[READY + 2]).split()
    defined = {
        name for cell in cells[1:READY] for name in re.findall(r"^(?:def|class) (\w+)", cell.source, re.MULTILINE)
    }
    assert set(names) == defined | {"Tensor", "check", "grader", "names", "now"}
    assert dtype == "torch.float64"


def test_the_magic_runs_its_cell_and_checks_it(cells: list[Any]) -> None:
    wrong, right, passed, raised, unnamed, unknown, nowhere = map(said, cells[READY + 3 : READY + 10])
    assert wrong.startswith("✗ einsum.trace  0/1 points")
    assert right.startswith("✓ trace: passed, 1/1 points")
    assert passed == "True"
    assert raised.startswith("error: ZeroDivisionError")
    assert unnamed.startswith("Which exercise? Write its name after the magic")
    assert unknown.startswith("there is no exercise 'einsum.tracee'")
    assert nowhere == ""


def test_a_kernel_told_to_speaks_korean_and_a_notebook_alone_fetches_its_checks(cells: list[Any]) -> None:
    _, wrong, _, nowhere, fetched, again = map(said, cells[-6:])
    assert "모양이 (2,)여야 하는데 (3,)이 나왔어요" in wrong
    assert "기대한 값" in said(cells[-5], "text/html")
    assert nowhere.startswith("이 노트북 옆에 검사 파일이 없어요.")
    assert nowhere.endswith("노트북을 받은 폴더에 다시 넣거나, 폴더 전체를 다시 받으세요.")
    assert fetched == "이 노트북의 검사 파일을 가져왔어요."
    assert again == wrong


@pytest.mark.skipif(not os.environ.get("GRADER_WHOLE_CLASS"), reason="minutes: each assignment in a kernel of its own")
@pytest.mark.parametrize("name", load_course(REPOSITORY).names)
def test_every_released_notebook_runs_with_the_references(name: str, tmp_path: Path) -> None:
    folder = released(tmp_path, name)
    cells = executed(answered(load_course(REPOSITORY), name, folder), folder / "assignments" / name)
    told = checks(cells)
    assert told
    assert {exercise: text for exercise, text in told.items() if "passed" not in text} == {}
    assert [text for text in map(said, cells) if text.startswith(("error", "stderr"))] == []
