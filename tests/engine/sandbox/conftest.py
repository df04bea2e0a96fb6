"""A zygote with a stand-in engine: its runners execute whatever Python a test sends them."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.engine import wire
from grader.engine.sandbox import Limits, RunnerProcess, Zygote

STANDIN = Path(__file__).parent / "standin"


def ask(runner: RunnerProcess, code: str, seconds: float = 60.0) -> str:
    """Have a runner execute `code`; return the repr of its `result`, or the type and message of what it raised."""
    deadline = time.monotonic() + seconds
    wire.send_frame(runner.sock, code.encode(), deadline)
    return wire.receive_frame(runner.sock, deadline).decode()


@pytest.fixture(scope="session")
def checks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("course") / "checks.py"
    path.write_text("SECRET = 'of the course'\n")
    return path


@pytest.fixture(scope="session")
def start(checks: Path) -> Callable[..., Zygote]:
    """Start a zygote with the stand-in engine; keyword arguments are `Zygote.start`'s."""

    def begin(**options: object) -> Zygote:
        return Zygote.start([("demo", checks)], engine="standin", search=[STANDIN], **{"warm": "minimal", **options})

    return begin


@pytest.fixture(scope="session")
def zygote(start: Callable[..., Zygote]) -> Iterator[Zygote]:
    if sys.platform != "linux":
        pytest.skip("runners are forked and locked down on Linux only")
    with start() as made:
        yield made


def executor(zygote: Zygote) -> Callable[..., str]:
    """Return what executes code in a fresh runner and returns its answer."""

    def execute(code: str, profile: str = "plain", limits: Limits | None = None) -> str:
        runner = zygote.fork(profile, limits or Limits())
        try:
            return ask(runner, code)
        finally:
            runner.kill()

    return execute


@pytest.fixture
def run(zygote: Zygote) -> Callable[..., str]:
    """Execute code in a fresh runner; return its answer."""
    return executor(zygote)


@pytest.fixture
def needs(zygote: Zygote) -> Callable[..., None]:
    """Skip a test where the host refuses a layer."""
    layers = zygote.report().layers

    def require(*names: str) -> None:
        for name in names:
            if layers.get(name) != "ok":
                pytest.skip(f"this host: {name} is {layers.get(name)}")

    return require
