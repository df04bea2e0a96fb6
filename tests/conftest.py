"""Hooks of pytest for all tests: how they are shared out where they run on several cores."""

from __future__ import annotations

import functools
import os
import signal
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from grader.engine.sandbox import launch
from tests import nursery

signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where tests run in the background, and inherited
os.environ["GRADER_LANG"] = "en"  # what is expected of messages does not depend on who runs the tests


class ByFile(LoadScopeScheduling):
    """The tests of a file go to one worker; those of the corpus by assignment, since they are many."""

    def _split_scope(self, nodeid: str) -> str:
        file, _, rest = nodeid.partition("::")
        test, _, parameter = rest.partition("[")
        return f"{file}[{parameter.partition('.')[0]}" if test == "test_graded_as_labelled" else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: Any, log: Any) -> ByFile:
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the corpus, shared out in small portions, last: so all workers have something to do until the end."""
    items.sort(key=lambda item: item.name.startswith("test_graded_as_labelled["))


@pytest.fixture(scope="session", autouse=True)
def zygotes_are_forked() -> Iterator[None]:
    """Have zygotes come from a process that has torch warm, begun when the first is asked for."""
    if sys.platform != "linux":
        yield
        return
    start, begun = launch.popen, functools.cache(nursery.Nursery)

    def popen(module: str, argument: str, errors: Any, *words: Any, **named: Any) -> Any:
        if nursery.is_wanted(module, named.get("gpu", False)):
            return begun().popen(int(argument), errors)
        return start(module, argument, errors, *words, **named)

    launch.popen = popen
    yield
    launch.popen = start
    if begun.cache_info().currsize:
        with begun():
            pass
