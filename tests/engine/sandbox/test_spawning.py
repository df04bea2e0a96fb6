"""The fallback without a zygote: the same wire, an interpreter for each runner, level weak."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.engine import wire
from grader.engine.sandbox import Zygote
from grader.records.errors import AuthorError, SandboxError
from tests.engine.sandbox.conftest import STANDIN, ask


@pytest.fixture(scope="module")
def spawning(start: Callable[..., Zygote]) -> Iterator[Zygote]:
    with start(without=["zygote"]) as made:
        yield made


def test_a_spawned_runner_answers_and_is_weak(spawning: Zygote, tmp_path: Path) -> None:
    inputs = tmp_path / "inputs"
    inputs.write_bytes(b"examples")
    spawning.preload(inputs)
    runner = spawning.fork("files")
    assert ask(runner, "import torch; result = torch.arange(3).sum().item()") == "3"
    assert ask(runner, "result = prepared.inputs") == "[b'examples']"
    assert ask(runner, "open('file', 'w').write('x'); import os; result = os.listdir('.')") == "['file']"
    scratch = ask(runner, "result = os.getcwd()")
    assert runner.kill().status == "killed by the grader"
    assert not os.path.exists(scratch)
    report = spawning.report()
    assert report.level == "weak"
    assert report.layers["seccomp"].startswith("refused")


def test_a_spawned_runner_that_ends_by_itself_is_told_apart(spawning: Zygote) -> None:
    runner = spawning.fork()
    with pytest.raises(wire.WireClosed):
        ask(runner, "import os; os._exit(5)")
    assert runner.kill().status == "exited with code 5"


def test_errors_of_a_spawned_runner_say_what_happened(tmp_path: Path) -> None:
    (tmp_path / "checks.py").write_text("raise ValueError('a loud last word')\n")
    with Zygote.start(
        [("demo", tmp_path / "checks.py")], engine="standin", search=[STANDIN], warm="minimal", without=["zygote"]
    ) as zygote:
        with pytest.raises(SandboxError, match="the runner's process did not start") as caught:
            zygote.fork()
        assert "ValueError: a loud last word" in str(caught.value)


def test_an_authors_error_reaches_the_judge_from_a_spawned_runner(tmp_path: Path) -> None:
    (tmp_path / "checks.py").write_text(
        "from grader.records.errors import AuthorError\nraise AuthorError('no such thing')\n"
    )
    with (
        Zygote.start(
            [("demo", tmp_path / "checks.py")], engine="standin", search=[STANDIN], warm="minimal", without=["zygote"]
        ) as zygote,
        pytest.raises(AuthorError, match="no such thing"),
    ):
        zygote.fork()
