"""What surrounds right answers in real files costs them nothing: each submission below is right, and is graded so."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.course.settings import load_course
from grader.engine.deadlines import Deadlines
from grader.judging.schedule import Graders, Options, grade_one, open_graders
from grader.records.verdict import Verdict
from grader.submissions.finding import read_file

ROOT = Path(__file__).resolve().parents[2]
EXERCISES = ("transpose", "trace", "row_sums")
ANSWER = """import torch

def transpose(x):
    return torch.einsum("rc->cr", x)

def trace(x):
    return torch.einsum("nn->", x)

def row_sums(x):
    return torch.einsum("rc->r", x)
"""
RIGHT = {
    "a line that ends the process": ANSWER + "import os\nos._exit(3)\n",
    "a loop without end": ANSWER.replace("def trace", "while True:\n    pass\n\ndef trace"),
    "a failing assert before the answers": "assert 1 == 2\n" + ANSWER,
    "a library that is not there": "import matplotlib.pyplot as plt, nowhere\nplt.plot([1])\n" + ANSWER,
    "an annotation that is not there": ANSWER.replace("trace(x)", "trace(x: Tensor) -> Tensor"),
    "standard output as programs want it": "import io, sys\nsys.stdout.reconfigure(encoding='utf-8')\n"
    "sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding='utf-8')\nprint('x')\n" + ANSWER,
    "files of its own": "import os, tempfile\nos.listdir('.')\nos.makedirs('data')\nopen('data/x', 'w').write('1')\n"
    "tempfile.mkdtemp()\n" + ANSWER,
    "state left behind": ANSWER + "torch.set_grad_enabled(False)\ntorch.set_default_dtype(torch.float64)\n"
    "torch.set_num_interop_threads(2)\ntorch.set_default_device('meta')\n"
    "import warnings\nwarnings.simplefilter('error')\n",
    "compiled": ANSWER + "transpose = torch.jit.script(transpose)\ntrace = torch.compile(trace)\n",
    "a name that is overwritten": ANSWER + "for trace in range(3):\n    pass\nrow_sums = row_sums(torch.ones(2, 2))\n",
    "as exported from a notebook": "files = get_ipython().getoutput('ls')\nfor file in files:\n    print(file)\n"
    "get_ipython().run_line_magic('matplotlib', 'inline')\nget_ipython().system('pip install torch')\n"
    f"get_ipython().run_cell_magic('time', '', {ANSWER!r})\n",
}
CELLS = {
    "a notebook's own names": [
        "display(3)\nassert __name__ == '__main__'",
        "await __import__('asyncio').sleep(0)",
        ANSWER,
    ],
    "magics": ["pip install x\n%cd data\nfiles = !ls\nlen(files)", "%%time\n" + ANSWER, "%%bash\nls"],
    "a module that it writes": [
        "%%writefile helper.py\nimport torch\ndef rows(x):\n    return torch.einsum('rc->r', x)\n",
        "import helper\n" + ANSWER.replace('return torch.einsum("rc->r", x)', "return helper.rows(x)"),
    ],
    "an exit in the middle": [ANSWER, "import sys\nsys.exit()", "exit()", "raise SystemExit"],
}


@pytest.fixture(scope="module")
def graders() -> Iterator[Graders]:
    if sys.platform != "linux":
        pytest.skip("runners are forked on Linux only")
    chosen = frozenset(f"einsum.{name}" for name in EXERCISES)
    options = Options(seed=20, shrink_seconds=0.0, examples=6, exercises=chosen)
    with open_graders(load_course(ROOT), ["einsum"], options) as opened:
        yield dataclasses.replace(opened, deadlines=Deadlines(load=2.0))


def graded(graders: Graders, path: Path) -> dict[str, Verdict]:
    verdicts = grade_one(graders, read_file(path, "einsum")).verdicts
    return {verdict.exercise.partition(".")[2]: verdict for verdict in verdicts}


def module(tmp_path: Path, source: str) -> Path:
    path = tmp_path / "einsum" / "einsum.py"
    path.parent.mkdir(exist_ok=True)
    path.write_text(source, encoding="utf-8")
    return path


def notebook(path: Path, cells: list[str]) -> Path:
    found = [{"cell_type": "code", "source": cell, "metadata": {}, "outputs": []} for cell in cells]
    path.write_text(json.dumps({"cells": found, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8")
    return path


def told(verdicts: dict[str, Verdict]) -> dict[str, tuple[str, str]]:
    return {
        name: (one.outcome, "; ".join(finding.message for finding in one.findings)) for name, one in verdicts.items()
    }


PASSED = dict.fromkeys(EXERCISES, ("passed", ""))


@pytest.mark.parametrize("name", RIGHT)
def test_a_module(graders: Graders, tmp_path: Path, name: str) -> None:
    assert told(graded(graders, module(tmp_path, RIGHT[name]))) == PASSED


@pytest.mark.parametrize("name", CELLS)
def test_a_notebook(graders: Graders, tmp_path: Path, name: str) -> None:
    assert told(graded(graders, notebook(tmp_path / "einsum.ipynb", CELLS[name]))) == PASSED


def test_a_notebook_saved_as_a_module(graders: Graders, tmp_path: Path) -> None:
    assert told(graded(graders, notebook(tmp_path / "einsum.py", [ANSWER]))) == PASSED


def test_files_beside(graders: Graders, tmp_path: Path) -> None:
    (tmp_path / "einsum").mkdir()
    (tmp_path / "einsum/utils.py").write_text(
        "import torch\ndef es(*a):\n    return torch.einsum(*a)\n", encoding="utf-8"
    )
    (tmp_path / "einsum/data.csv").write_text("1,2\n", encoding="utf-8")
    source = "from utils import es\nassert open('data.csv').read() == '1,2\\n'\nBEFORE = 1\n" + ANSWER
    source = source.replace('torch.einsum("nn->", x)', 'es("nn->", x)')
    assert told(graded(graders, module(tmp_path, source))) == PASSED


@pytest.mark.parametrize("use", ["from m import rows as row_sums", "import m\ndef row_sums(x):\n    return m.rows(x)"])
def test_a_module_beside_is_read_for_what_is_needed(graders: Graders, tmp_path: Path, use: str) -> None:
    (tmp_path / "einsum").mkdir()
    (tmp_path / "einsum/m.py").write_text("def rows(x):\n    return x.sum(1)\n", encoding="utf-8")
    verdict = graded(graders, module(tmp_path, f"{use}\n"))["row_sums"]
    assert verdict.outcome == "forbidden", verdict.findings


def test_what_was_written_but_could_not_be_loaded(graders: Graders, tmp_path: Path) -> None:
    source = (
        "import torch\nimport nowhere\n\ndef rowsums(x):\n    return x\n\n"
        "@nowhere.fast\ndef trace(x):\n    return x\n\ndef transpose(x):\n    return nowhere.t(x)\n"
    )
    came = told(graded(graders, module(tmp_path, source)))
    assert came["row_sums"] == (
        "unloaded",
        "the submission does not define row_sums; it defines rowsums: did you mean row_sums? Rename it",
    )
    assert came["trace"] == (
        "unloaded",
        "line 7: NameError: name 'nowhere' is not defined; so trace could not be defined",
    )
    assert came["transpose"][0] == "raised"
    assert came["transpose"][1].endswith("line 2 was to define nowhere: No module named 'nowhere'")


def test_a_cell_that_could_not_be_read(graders: Graders, tmp_path: Path) -> None:
    path = notebook(tmp_path / "einsum.ipynb", ["import torch", "def trace(x):\n    return (x", "def row_sums(x): ..."])
    came = told(graded(graders, path))
    assert came["trace"][0] == "unloaded"
    assert came["trace"][1].startswith("code cell 2: it could not be read: line 2: '(' was never closed")
    assert came["trace"][1].endswith("so trace could not be defined")
    assert came["transpose"][0] == "missing"
