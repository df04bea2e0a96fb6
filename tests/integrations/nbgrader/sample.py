"""A small course for nbgrader: five exercises, an answer and a task for people, a hidden probe."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.courses import write
from tests.small_course import CHECKS, MISTAKES, REFERENCE, RIGHT, write_settings

Notebook = Mapping[str, Any]

NAMES = ("double", "backwards", "total", "argmax", "root")
SEED = "seed-of-the-term-4711"

HIDDEN = """\
from grader.authoring import further, tensors


@further("double")
def double_of_integers(submission, x=tensors("n", dtype="int64")):
    return submission.double(x)
"""

SETTINGS = """\
format = 1
id = "small"
title = "Small"
languages = ["en", "ko"]

[examples]
public = 12
graded = 30

[limits]
seconds_per_example = 10.0

[late]
grace_minutes = 10
percent_per_day = 10
max_percent = 50
"""

WHY = "Why does the sum of a product need no loop?"
TASK = "Plot the sum for growing sizes."


def annotated() -> str:
    """Return the annotated source: a cell for each exercise, prose in two languages, a manual answer and a task."""
    parts = REFERENCE.split("\n\n\ndef ")
    cells = ['# %% [markdown] lang="en"\n# # Small\n# %% [markdown] lang="ko"\n# # 작은 과제', parts[0]]
    for name, part in zip(NAMES, parts[1:], strict=True):
        cells.append(f'# %% exercise="{name}"\ndef {part.rstrip()}')
    cells.append(f'# %% [markdown] manual="why" points=2\n# {WHY}')
    cells.append(f'# %% [markdown] task="plot" points=1.5\n# {TASK}')
    return "\n\n".join(cells) + "\n"


def write_nb_course(root: Path) -> Path:
    """Write the course, with its generated files and frozen public examples."""
    from grader.course.settings import load_course
    from grader.publishing.build import write_examples, write_files

    write_settings(root, "small", settings=SETTINGS)
    due = "points = 6\ndue = 2030-01-10T12:00:00+09:00"
    write(root / "course.toml", (root / "course.toml").read_text().replace("points = 1", due))
    write(root / "assignments/small/checks.py", CHECKS)
    write(root / "solutions/small/small.py", annotated())
    write(root / "solutions/small/mistakes.py", MISTAKES)
    write(root / "solutions/small/hidden.py", HIDDEN)
    write(root / "solutions/seed.txt", SEED + "\n")
    course = load_course(root)
    write_files(course, "small")
    write_examples(course, "small")
    return root


def released_notebook(directory: Path) -> dict[str, Any]:
    """Return the notebook that students get."""
    found: dict[str, Any] = json.loads((directory / "release/small/small.ipynb").read_text(encoding="utf-8"))
    return found


def cell(notebook: Mapping[str, Any], grade_id: str) -> dict[str, Any]:
    """Return the cell with a grade_id."""
    return next(one for one in notebook["cells"] if one["metadata"].get("nbgrader", {}).get("grade_id") == grade_id)


def answered(directory: Path, **changed: str) -> dict[str, Any]:
    """Return the released notebook with right answers, but for the ones given as source."""
    notebook = released_notebook(directory)
    for name, source in ({**RIGHT, **changed}).items():
        cell(notebook, name)["source"] = source
    return notebook


def hand_in(
    directory: Path,
    student: str,
    notebook: Mapping[str, Any] | str | bytes | None,
    time: str | None = None,
    **files: str,
) -> Path:
    """Put a submission into `submitted/`."""
    folder = directory / "submitted" / student / "small"
    folder.mkdir(parents=True, exist_ok=True)
    if isinstance(notebook, Mapping):
        notebook = json.dumps(notebook)
    if notebook is not None:
        write(folder / "small.ipynb", notebook)
    for name, text in files.items():
        write(folder / f"{name}.py", text)
    if time is not None:
        write(folder / "timestamp.txt", time)
    return folder


def module(**changed: str) -> str:
    """Return right answers as a module, but for the ones given as source."""
    return "import torch\n\n\n" + "\n\n".join({**RIGHT, **changed}.values())
