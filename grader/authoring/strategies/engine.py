"""Runs Hypothesis so that a seed alone decides what is drawn, and nothing is left in the current directory."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

HYPOTHESIS_LOCK = threading.RLock()
"""Hypothesis keeps state of its own while it runs, and several threads of the judge may draw."""

_STORAGE = "HYPOTHESIS_STORAGE_DIRECTORY"


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Hold the lock, and keep Hypothesis from drawing constants of the modules that happen to be loaded.

    Those constants would make a bank depend on which files a process has read, and reading them costs more than a bank.
    Where a version of Hypothesis does not have them, nothing needs to be kept away.
    """
    with HYPOTHESIS_LOCK:
        _store_in_the_users_cache()
        from hypothesis.internal.conjecture import providers

        constants = getattr(providers, "Constants", None)
        names = [name for name in ("_get_local_constants", "CONSTANTS_CACHE") if hasattr(providers, name)]
        before = {name: getattr(providers, name) for name in names}
        if constants is not None and len(names) == 2:
            none = constants()
            providers._get_local_constants = lambda: none
            providers.CONSTANTS_CACHE = type(providers.CONSTANTS_CACHE)(1024)
        try:
            yield
        finally:
            for name, thing in before.items():
                setattr(providers, name, thing)


def _store_in_the_users_cache() -> None:
    """Let Hypothesis keep its tables of characters where caches are, unless somebody's own tests have a place."""
    if _STORAGE in os.environ or "_hypothesis_pytestplugin" in sys.modules:
        return
    with contextlib.suppress(RuntimeError):  # no home directory
        cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
        os.environ[_STORAGE] = str(Path(cache) / "grader" / "hypothesis")
