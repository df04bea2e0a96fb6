"""Small courses on disk for tests."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]

SETTINGS = """\
format = 1
id = "sample"
title = "A sample"
languages = ["en", "ko"]
"""

CHECKS = """\
from grader.authoring import exercise, tensors


@exercise(points=1)
def double(submission, x=tensors("n")):
    return submission.double(x)
"""

SOURCE = '''\
# %% [markdown] lang="en"
# # Doubling
# %% [markdown] lang="ko"
# # 두 배
# %%
import torch


# %% exercise="double"
def double(x):
    """Return x twice."""
    ### BEGIN SOLUTION
    return torch.mul(x, 2) + 0
    ### END SOLUTION
'''


def write_settings(root: Path, *names: str, settings: str = SETTINGS) -> Path:
    """Write a course.toml with these assignments, one point each, and return the course's folder."""
    entries = "".join(f'\n[[assignments]]\nname = "{name}"\npoints = 1\n' for name in names)
    root.mkdir(parents=True, exist_ok=True)
    (root / "course.toml").write_text(settings + entries, encoding="utf-8")
    return root


def write_course(root: Path, *names: str) -> Path:
    """Write a course whose assignments have one exercise, `double`, and its reference."""
    write_settings(root, *names)
    for name in names:
        write(root / "assignments" / name / "checks.py", CHECKS)
        write(root / "solutions" / name / f"{name}.py", SOURCE)
    return root


def write(path: Path, text: str | bytes) -> Path:
    """Write a file and the folders it needs, and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def impatient_course(root: Path, assignments: Iterable[str]) -> Path:
    """Copy this repository's course into `root`, with less time for endless loops: the sample class has several."""
    for name in assignments:
        for part in ("assignments", "solutions"):
            shutil.copytree(REPOSITORY / part / name, root / part / name)
    text = (REPOSITORY / "course.toml").read_text(encoding="utf-8")
    text = re.sub(r"(seconds_to_load) = .*", r"\1 = 2.0", re.sub(r"(seconds_per_exercise) = .*", r"\1 = 4.0", text))
    (root / "course.toml").write_text(text, encoding="utf-8")
    return root
