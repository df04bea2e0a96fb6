"""The report as JSON."""

from __future__ import annotations

from grader.results.report import Report, to_json


def render(report: Report) -> str:
    """Return the report's JSON, as `grader.results.report.from_json` reads it."""
    return to_json(report).decode()
