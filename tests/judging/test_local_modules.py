"""Code that lies beside an answer, or that its cells write or make, is read and watched as the answer's own.

Each way is tried with a helper that is allowed and with the same one calling what the exercise forbids.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.course.settings import load_course
from grader.judging.schedule import Graders, Options, grade_one, open_graders
from grader.submissions.finding import read_file

ROOT = Path(__file__).resolve().parents[2]
ALLOWED = """import torch
def helper(x, dim):
    shifted = (x - x.max(dim, keepdim=True).values).exp()
    return shifted / shifted.sum(dim, keepdim=True)
"""
FORBIDDEN = "import torch\ndef helper(x, dim):\n    return torch.softmax(x, dim)\n"
PLAIN = "import torch\ndef softmax(x, dim):\n    return helper(x, dim)\n"
BY_MODULE = PLAIN.replace("helper(", "utils.helper(")
UTILS = {"utils.py": "HELPER"}
WAYS: dict[str, tuple[list[str], dict[str, str]]] = {
    "imported": (["import utils", BY_MODULE], UTILS),
    "imported with a star": (["from utils import *", PLAIN], UTILS),
    "reloaded": (["import importlib, utils\nimportlib.reload(utils)", BY_MODULE], UTILS),
    "in a package": (["from kit import utils", BY_MODULE], {"kit/utils.py": "HELPER", "kit/__init__.py": ""}),
    "by another path": (["import sys\nsys.path.insert(0, 'kit')\nimport utils", BY_MODULE], {"kit/utils.py": "HELPER"}),
    "run": (["%run utils.py", PLAIN], UTILS),
    "run with options": (["%run -i ./utils", PLAIN], UTILS),
    "a notebook that is run": (["%run helper.ipynb", PLAIN], {"helper.ipynb": "HELPER"}),
    "written": (["%%writefile utils.py\nHELPER", "from utils import helper", PLAIN], {}),
    "written and run": (["%%writefile utils.py\nHELPER", "%run utils.py", PLAIN], {}),
    "added to": (
        ["%%writefile utils.py\nimport torch", "%%writefile -a utils.py\nHELPER", "import utils", BY_MODULE],
        {},
    ),
    "executed": (["exec(open('utils.py').read())", PLAIN], UTILS),
    "compiled": (["exec(compile(open('utils.py').read(), 'other.py', 'exec'))", PLAIN], UTILS),
    "compiled as torch's": (
        ["import torch\nexec(compile(open('utils.py').read(), torch.__file__, 'exec'))", PLAIN],
        UTILS,
    ),
    "compiled as the library's": (
        ["import os\nexec(compile(open('utils.py').read(), os.__file__, 'exec'))", PLAIN],
        UTILS,
    ),
}

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="runners are forked on Linux only")


@pytest.fixture(scope="module")
def graders() -> Iterator[Graders]:
    options = Options(seed=20, shrink_seconds=0.0, examples=6, exercises=frozenset({"layers.softmax"}))
    with open_graders(load_course(ROOT), ["layers"], options) as opened:
        yield opened


def notebook(cells: list[str]) -> str:
    found = [{"cell_type": "code", "source": cell, "metadata": {}, "outputs": []} for cell in cells]
    return json.dumps({"cells": found, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.mark.parametrize("way", WAYS)
def test_helpers_of_every_way_are_the_answers_own(graders: Graders, tmp_path: Path, way: str) -> None:
    cells, files = WAYS[way]
    outcomes = []
    for number, helper in enumerate((ALLOWED, FORBIDDEN)):
        folder = tmp_path / str(number) / "layers"
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            source = text.replace("HELPER", helper)
            path.write_text(notebook([source]) if name.endswith(".ipynb") else source, encoding="utf-8")
        folder.mkdir(parents=True, exist_ok=True)
        answer = folder / "layers.ipynb"
        answer.write_text(notebook([cell.replace("HELPER", helper) for cell in cells]), encoding="utf-8")
        (verdict,) = grade_one(graders, read_file(answer, "layers")).verdicts
        outcomes.append(verdict.outcome)
    assert outcomes == ["passed", "forbidden"]
