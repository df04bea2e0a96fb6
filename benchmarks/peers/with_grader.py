"""This grader: a course of the same four exercises, and `grader grade`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks.peers.common import Scores, command, notebook
from benchmarks.peers.submissions import EXERCISES, REFERENCE, SETUP, Submission

PACKAGES: tuple[str, ...] = ()
SETTINGS = f"""format = 1
id = "peers"
title = "Peers"

[limits]
seconds_per_exercise = 10.0

[[assignments]]
name = "answers"
points = {len(EXERCISES)}
"""
CHECKS = """from grader.authoring import defaults, tensors

ask = defaults(points=1, dtype="float32", gradients="off", requires_grad="off")
row_sums = ask.call(x="r c")
matmul = ask.call(a="r k", b="k c")
masked_mean = ask.call(x="r c", mask=tensors("r c", "bool"))
softmax = ask.call(x="r c")
"""


def prepare(folder: Path, submissions: Sequence[Submission], python: Path) -> None:
    """Write the course, and each submission as a notebook."""
    checks = folder / "assignments" / "answers" / "checks.py"
    source = folder / "solutions" / "answers" / "answers.py"
    for path in (checks, source):
        path.parent.mkdir(parents=True)
    (folder / "course.toml").write_text(SETTINGS, encoding="utf-8")
    checks.write_text(CHECKS, encoding="utf-8")
    (folder / "solutions" / "seed.txt").write_text("a seed for this comparison\n", encoding="utf-8")
    cells = [f"# %%\n{SETUP}"]
    for name in EXERCISES:
        head, _, body = REFERENCE[name].partition('"""\n')
        cells.append(f'# %% exercise="{name}"\n{head}"""\n    ### BEGIN SOLUTION\n{body}    ### END SOLUTION\n')
    source.write_text("\n\n".join(cells), encoding="utf-8")
    for one in submissions:
        path = folder / "submitted" / one.name / "answers" / "answers.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(notebook(one.cells), encoding="utf-8")


def grade(folder: Path, submissions: Sequence[Submission], python: Path) -> Scores:
    """Grade all of them by one command, and read its report."""
    words = [python, "-m", "grader", "grade", "submitted", "--jobs", "1", "--json", "results.json"]
    done = command(words, folder, python)
    if done.code != 0:
        raise RuntimeError(done.said)
    report = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    return {
        one["student"]: {
            each["id"].rpartition(".")[2]: each["points"] for each in one["exercises"] if each["points"] is not None
        }
        for one in report["submissions"]
    }
