"""Gradescope's results.json."""

from __future__ import annotations

from typing import Any

import msgspec

from grader.course.settings import Visibility
from grader.integrations.exporters.kinds import Exported
from grader.integrations.exporters.sheet import Score, Sheet, only_entry


def export(
    sheet: Sheet, *, visibility: Visibility = "visible", number_of_exercises: int | None = None, seconds: float = 0.0
) -> Exported:
    """Return results.json of one submission.

    What was not judged is no test of it, and there is no score for the whole then: the sum of the others stands until
    it is graded again; where nothing was judged Gradescope finds no score at all and says that grading failed.
    With `number_of_exercises` the sheet may be a beginning: what is missing is told.
    """
    entry = only_entry(sheet, "results.json")
    tests = [_test(number, score) for number, score in enumerate(entry.scores, 1) if score.points is not None]
    waiting = 0 if number_of_exercises is None else number_of_exercises - len(entry.scores)
    result: dict[str, Any] = {"output": _output(entry.not_judged, waiting, entry.notes), "output_format": "text"}
    if entry.points is not None and not waiting:
        result["score"] = entry.points
    if seconds:
        result["execution_time"] = round(seconds)
    # Hidden tests hide a student's total: so all have one visibility, and what is hidden in them is told by its kind.
    result |= {"visibility": visibility, "stdout_visibility": "hidden"}
    if tests:
        result["tests"] = tests
    result["extra_data"] = {"max_points": entry.max_points, "not_judged": list(entry.not_judged)}
    return Exported(msgspec.json.format(msgspec.json.encode(result), indent=1) + b"\n")


def _test(number: int, score: Score) -> dict[str, Any]:
    return {
        "name": score.name,
        "number": str(number),
        "score": score.points,
        "max_score": score.max_points,
        "status": "passed" if score.passed else "failed",
        "output": score.feedback,
        "output_format": "text",
    }


def _output(not_judged: tuple[str, ...], waiting: int, notes: tuple[str, ...]) -> str:
    lines = [f"Note: {note}" for note in notes]
    if not_judged:
        lines.append(f"Not judged, through no fault of yours, and to be graded again: {', '.join(not_judged)}.")
    if waiting:
        lines.append(f"Grading stopped before its end: {waiting} exercises were not reached.")
    return "\n".join(lines)
