"""A report as text for people and machines."""

from __future__ import annotations

import importlib
from typing import Any

from grader.records.errors import UsageError
from grader.results.report import Report

KINDS: dict[str, str] = {
    "terminal": "grader.results.render.terminal",
    "json": "grader.results.render.machine",
    "markdown": "grader.results.render.markdown",
    "html": "grader.results.render.html",
}
"""Kind to the module whose `render(report, **options)` makes it; imported when it is used."""


def render(report: Report, kind: str = "terminal", **options: Any) -> str:
    """Return a report as text of a kind; `options` are those of the kind's own `render`.

    What a student is shown must have gone through `grader.results.report.for_audience` first.
    Raises `UsageError` for an unknown kind.
    """
    if kind not in KINDS:
        raise UsageError(f"unknown kind of report {kind!r}; known are {', '.join(KINDS)}")
    text: str = importlib.import_module(KINDS[kind]).render(report, **options)
    return text
