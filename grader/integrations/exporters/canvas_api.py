"""Grades and comments into Canvas through its API: the gradebook's file has no place for comments."""

from __future__ import annotations

import dataclasses
import importlib.util
import time
from collections.abc import Sequence
from typing import Any

from grader.integrations.exporters.canvas import Grade
from grader.records.errors import UsageError
from grader.records.text.clean import clean

TOKEN_VARIABLE = "CANVAS_API_TOKEN"
MAX_COMMENT = 20_000
SECONDS = 300
"""How long to wait for Canvas, which takes grades in a job of its own."""


@dataclasses.dataclass(frozen=True)
class Site:
    """Where the grades go."""

    url: str
    course: int
    token: str


def post(site: Site, assignment: int, grades: Sequence[Grade], pause: float = 1.0) -> str:
    """Give grades and comments to Canvas, wait until it has taken them, and return what it says.

    Raises `UsageError` when canvasapi is not installed, and when Canvas refuses or does not come to an end.
    """
    if importlib.util.find_spec("canvasapi") is None:
        raise UsageError("canvasapi is not installed.", hint="Install it with: pip install 'torch-grader[canvas]'")
    from canvasapi import Canvas
    from canvasapi.exceptions import CanvasException
    from requests import RequestException

    data = {
        grade.user: {"posted_grade": f"{grade.points:.10g}", "text_comment": grade.comment[:MAX_COMMENT]}
        for grade in grades
    }
    try:
        course = Canvas(site.url, site.token).get_course(site.course)
        progress = course.get_assignment(assignment).submissions_bulk_update(grade_data=data)
        return _awaited(progress, pause)
    except (CanvasException, RequestException, ValueError) as error:
        raise UsageError(
            f"Canvas did not take the grades: {clean(str(error), 300)}",
            hint=f"Look at the URL, the course's number and {TOKEN_VARIABLE}; the filled file was written.",
        ) from error


def _awaited(progress: Any, pause: float) -> str:
    """Return Canvas's word on a job that has come to its end."""
    until = time.monotonic() + SECONDS
    while progress.workflow_state not in ("completed", "failed"):
        if time.monotonic() > until:
            raise UsageError(f"Canvas is still at it after {SECONDS} s", hint="Look into its gradebook later.")
        time.sleep(pause)
        progress = progress.query()
    if progress.workflow_state == "failed":
        raise UsageError(
            f"Canvas's job failed: {clean(str(getattr(progress, 'message', '')), 300)}", hint="Look into its gradebook."
        )
    return "Canvas has taken the grades and comments"
