"""PrairieLearn's results.json."""

from __future__ import annotations

from typing import Any

import msgspec

from grader.integrations.exporters.kinds import Exported
from grader.integrations.exporters.sheet import Entry, Sheet, only_entry

MAX_BYTES = 1_000_000
"""PrairieLearn takes a mebibyte."""


def export(sheet: Sheet) -> Exported:
    """Return results.json of one submission: `gradable` is false where something was not judged, so nothing counts."""
    entry = only_entry(sheet, "results.json")
    for limit in (20_000, 4_000, 500, 0):
        data = msgspec.json.format(msgspec.json.encode(_result(entry, limit)), indent=1) + b"\n"
        if len(data) <= MAX_BYTES:
            break
    return Exported(data)


def _result(entry: Entry, limit: int) -> dict[str, Any]:
    if entry.points is None:
        reason = f"not judged, through no fault of yours: {', '.join(entry.not_judged) or 'nothing was graded'}"
        return {"gradable": False, "format_errors": [reason], "message": "Please submit again."}
    tests = [
        {
            "name": score.name,
            "description": score.title,
            "points": score.points,
            "max_points": score.max_points,
            "message": score.summary,
            "output": score.feedback[:limit],
        }
        for score in entry.scores
    ]
    share = entry.points / entry.max_points if entry.max_points else 0.0
    return {"gradable": True, "score": share, "message": "\n".join(entry.notes), "output": "", "tests": tests}
