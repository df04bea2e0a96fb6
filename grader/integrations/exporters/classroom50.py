"""Classroom 50's result.json: whole numbers, so points and maximum are scaled alike until all are."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import msgspec

from grader.integrations.exporters.kinds import Exported
from grader.integrations.exporters.sheet import Entry, Sheet, only_entry
from grader.records.errors import UsageError

SCHEMA = "classroom50/result/v1"
UNKNOWN = "-"
"""Stands for a link that the environment does not tell: the format wants them not to be empty."""


def export(
    sheet: Sheet, *, environment: Mapping[str, str] | None = None, now: datetime.datetime | None = None
) -> Exported:
    """Return result.json of one submission, with names and links from the runner's environment.

    Raises `UsageError` when something was not judged: the format has no place for that, and it must not be a zero.
    """
    entry = only_entry(sheet, "result.json")
    if entry.points is None:
        raise UsageError(
            f"{entry.student}'s {entry.assignment} is to be graded again: {', '.join(entry.not_judged) or 'all of it'}",
            hint="result.json has no place for what was not judged. Run it again.",
        )
    env = environment or {}
    factor = scale_of(entry)
    tests = [
        {
            "test-name": score.name,
            "passed": score.passed,
            "score": _whole(score.points or 0.0, factor),
            "max-score": _whole(score.max_points, factor),
            "outcome": score.outcome,
        }
        for score in entry.scores
    ]
    moment = (now or datetime.datetime.now(datetime.UTC)).astimezone(datetime.UTC)
    result: dict[str, Any] = {
        "schema": SCHEMA,
        "classroom": env.get("CLASSROOM") or sheet.course,
        "assignment": env.get("ASSIGNMENT") or entry.assignment,
        "assignment_type": "group" if env.get("ASSIGNMENT_TYPE") == "group" else "individual",
        "owner": env.get("OWNER") or entry.student,
        "submission": env.get("SUBMISSION_TAG") or f"submit/{moment:%Y%m%dT%H%M%SZ}",
        "commit": env.get("COMMIT_URL") or UNKNOWN,
        "release": env.get("RELEASE_URL") or UNKNOWN,
        "review": env.get("REVIEW_URL") or UNKNOWN,
        "datetime": f"{moment:%Y-%m-%dT%H:%M:%SZ}",
        "score": _whole(entry.points, factor),
        "max-score": _whole(entry.max_points, factor),
        "tests": tests,
    }
    return Exported(msgspec.json.format(msgspec.json.encode(result), indent=1) + b"\n")


def scale_of(entry: Entry) -> int:
    """Return the smallest number that makes every exercise's points whole.

    Half points are doubled, quarters taken times four; a course of whole points keeps them as they are.
    """
    return math.lcm(*(_fraction(score.max_points).denominator for score in entry.scores))


def _whole(points: float, factor: int) -> int:
    return int(_fraction(points) * factor)


def _fraction(points: float) -> Fraction:
    return Fraction(points).limit_denominator(1_000_000)
