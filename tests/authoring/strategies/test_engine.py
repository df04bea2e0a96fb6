from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.internal.conjecture import providers

from grader.authoring.strategies.engine import alone
from grader.authoring.strategies.sources import draw_many
from grader.records.errors import AuthorError

DRAW = """
import hashlib, sys
{before}
from hypothesis import strategies as st
from grader.authoring import *
from grader.authoring.declarations import make_probe
from grader.judging.examples.bank import draw_bank
from grader.judging.shrinking import shrink
def run(submission, n=st.integers(), f=st.floats(), t=st.text()): ...
probe = make_probe(run)
found = shrink(probe, lambda e: e.arguments["n"] > 999, None, 1, 60, 500)
print(hashlib.sha256(b"".join(draw_bank(probe, 60, 7).examples)).hexdigest(), found.arguments["n"])
"""


def drawn(folder: Path, before: str) -> str:
    environment = {**os.environ, "PYTHONPATH": f"{Path.cwd()}:{folder}", "XDG_CACHE_HOME": str(folder / "cache")}
    environment.pop("HYPOTHESIS_STORAGE_DIRECTORY", None)
    done = subprocess.run(
        [sys.executable, "-c", DRAW.format(before=before)],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_modules_that_happen_to_be_loaded_change_no_bank_and_no_litter_is_left(tmp_path: Path) -> None:
    numbers = ", ".join(str(123456789 + 7 * i) for i in range(300))
    (tmp_path / "others.py").write_text(f"NUMBERS = [{numbers}]\nWORDS = {[f'word{i}' for i in range(99)]}\n")
    without, beside = drawn(tmp_path, ""), drawn(tmp_path, "import others")
    assert without == beside
    assert without.endswith(" 1000\n")
    assert not (tmp_path / ".hypothesis").exists()


def test_hypothesis_is_as_before_afterwards() -> None:
    before = providers._get_local_constants, providers.CONSTANTS_CACHE
    with alone():
        assert providers._get_local_constants is not before[0]
    assert (providers._get_local_constants, providers.CONSTANTS_CACHE) == before
    with pytest.raises(AuthorError):
        draw_many(st.nothing(), 1, 1)
    assert (providers._get_local_constants, providers.CONSTANTS_CACHE) == before
