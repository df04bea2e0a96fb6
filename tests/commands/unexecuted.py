"""Commands that grade, without a zygote: verdicts come from a function of the test's own."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.judging import incremental


def judged_by(drive: Callable[..., None], root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the course at `root` graded by `drive`, from within it."""
    monkeypatch.setattr(incremental, "opened", lambda *words: contextlib.nullcontext())
    monkeypatch.setattr(incremental, "drive", drive)
    monkeypatch.setenv("GRADER_SEED", "secret")
    monkeypatch.chdir(root)
