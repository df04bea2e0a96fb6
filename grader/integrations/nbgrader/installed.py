"""nbgrader is an optional dependency: the one place that looks for it."""

from __future__ import annotations

import importlib.util

from grader.records.errors import UsageError


def require_nbgrader() -> None:
    """Raise `UsageError` when nbgrader is not installed."""
    if importlib.util.find_spec("nbgrader") is None:
        raise UsageError("nbgrader is not installed.", hint="Install it with: pip install 'torch-grader[nbgrader]'")
