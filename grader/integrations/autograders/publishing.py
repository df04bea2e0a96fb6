"""Writes each system's results: what it can read while grading goes on, and the last word."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from grader.course.settings import Course
from grader.integrations.autograders.grading import Publish
from grader.integrations.autograders.platforms import Platform
from grader.integrations.exporters.kinds import export
from grader.integrations.exporters.sheet import Sheet
from grader.records.folders import require_writable
from grader.records.writing import write_atomically
from grader.results.render import render


def publisher(course: Course, platform: Platform, results: Path | None) -> Publish:
    """Return what writes the results so far; only Gradescope reads a beginning."""

    def publish(sheet: Sheet, count: int, seconds: float) -> None:
        if platform.kind == "gradescope" and results is not None:
            require_writable(results.parent)
            options = {"visibility": course.gradescope.visibility, "number_of_exercises": count, "seconds": seconds}
            write_atomically(results, export(sheet, "gradescope", **options).data)

    return publish


def finish(platform: Platform, sheet: Sheet, results: Path | None, environment: Mapping[str, str]) -> None:
    """Write the final results; the explanation too where they have no place for it.

    Raises `UsageError` where the format has no place for what was not judged.
    """
    if platform.kind == "gradescope":
        return  # what was published after the last exercise is all of it
    options = {"environment": environment} if platform.kind == "classroom50" else {}
    made = export(sheet, platform.kind, **options)
    if results is None:
        sys.stdout.write(render(sheet.report, "terminal"))
        sys.stdout.flush()
        sys.stdout.buffer.write(made.data)
        sys.stdout.buffer.flush()
        return
    require_writable(results.parent)
    if platform.kind == "classroom50":
        write_atomically(results.with_name("release-body.md"), render(sheet.report, "markdown").encode())
    write_atomically(results, made.data)
