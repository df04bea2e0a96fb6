"""What all graders are given: the same examples and the same comparison, and how their commands are run."""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from benchmarks.peers.submissions import EXERCISES, REFERENCE, Submission

Scores = dict[str, dict[str, float]]
"""Of each submission that has a result: the points of each exercise."""

SECONDS = 60
"""Until a command that grades one submission is ended, where a tool has no limit of its own."""

TESTING = '''import torch


def examples(name):
    """Yield the arguments of 30 ordinary examples, an empty one and a large one."""
    for seed in range(32):
        g = torch.Generator().manual_seed(seed)
        r, k, c = (int(torch.randint(1, 6, (), generator=g)) for _ in range(3))
        r = 0 if seed == 30 else r
        scale = 1000 if seed == 31 else 1
        if name == "matmul":
            yield torch.randn(r, k, generator=g), torch.randn(k, c, generator=g)
        elif name == "masked_mean":
            yield torch.randn(r, c, generator=g) * scale, torch.rand(r, c, generator=g) < 0.5 * (seed % 3)
        else:
            yield (torch.randn(r, c, generator=g) * scale,)


def compare(name, function, reference):
    """Raise AssertionError unless both do the same with all examples: value, shape, dtype, arguments left alone."""
    for arguments in examples(name):
        kept = [one.clone() for one in arguments]
        expected = reference(*kept)
        got = function(*arguments)
        torch.testing.assert_close(got, expected)
        for one, other in zip(arguments, kept):
            torch.testing.assert_close(one, other)
'''


def statements_testing(name: str) -> str:
    """Return the statements that test one exercise, with its reference, as an instructor would write them."""
    return (
        TESTING
        + "\n\n"
        + REFERENCE[name].replace(f"def {name}(", "def reference(")
        + f'\n\ncompare("{name}", {name}, reference)\n'
    )


def notebook(cells: Sequence[str | dict[str, Any]]) -> str:
    """Return a notebook of code cells as text; a cell may come with metadata of its own."""
    made = []
    for number, cell in enumerate(cells):
        extra = cell if isinstance(cell, dict) else {"source": cell}
        made.append(
            {
                "cell_type": "code",
                "id": f"cell{number}",
                "metadata": {},
                "execution_count": None,
                "outputs": [],
                **extra,
            }
        )
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return json.dumps({"cells": made, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}, indent=1)


class Peer(Protocol):
    """A grader: a module that prepares a class, grades it, and reads the points."""

    PACKAGES: tuple[str, ...]
    """What its environment holds besides torch and numpy; nothing means this one."""

    def prepare(self, folder: Path, submissions: Sequence[Submission], python: Path) -> None:
        """Write the assignment and the submissions into an empty folder. Not counted."""

    def grade(self, folder: Path, submissions: Sequence[Submission], python: Path) -> Scores:
        """Grade them as the tool's documentation says, and return the points of those that have a result."""


@dataclasses.dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int | None
    """None: it was ended after `SECONDS`."""
    said: str


def command(words: Sequence[str | Path], cwd: Path, python: Path, seconds: float | None = None) -> Done:
    """Run a command of an environment, which finds its other commands first; end all of it when it takes too long."""
    environment: Mapping[str, str] = {
        **{
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTHON", "VIRTUAL_ENV", "GRADER"))
        },
        "PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}",
        "OMP_NUM_THREADS": "1",
        "JUPYTER_PLATFORM_DIRS": "1",
    }
    process = subprocess.Popen(
        [str(word) for word in words],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    try:
        said, _ = process.communicate(timeout=seconds)
        return Done(process.returncode, said)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return Done(None, process.communicate()[0])


def by_exercise(points: float = 0.0) -> dict[str, float]:
    """Return the same points for each exercise."""
    return dict.fromkeys(EXERCISES, points)
