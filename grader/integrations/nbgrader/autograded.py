"""`autograded/`: what formgrader shows of a submission, and people grade by hand."""

from __future__ import annotations

import json
import os
import shutil
import stat
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from grader.integrations.nbgrader.ids import marks_of
from grader.integrations.nbgrader.master import MasterCell
from grader.integrations.nbgrader.mend import mend, text_of
from grader.integrations.nbgrader.submitted import Submitted
from grader.records.text.clean import clean
from grader.results.render.exercise import exercise_text
from grader.results.report import ExerciseReport, SubmissionReport
from grader.submissions.collect.folders import read_regular
from grader.submissions.collect.place import TIMESTAMP
from grader.submissions.collect.records import Refusal

SECRET = "submission_secret.txt"
"""With which nbgrader finds the way back to a student; it must stand beside the feedback."""

_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def write_autograded(
    folder: Path, submitted: Submitted, report: SubmissionReport, master: Mapping[str, MasterCell]
) -> None:
    """Write the notebook with the results of our tests as outputs, and the times beside it, in place of what is there.

    The student's own outputs are left out, as nbgrader does it.
    """
    assignment = report.assignment
    notebook = autograded_notebook(submitted, report, master)
    text = json.dumps(notebook, ensure_ascii=False).encode("utf-8", "replace")
    files = {f"{assignment}.ipynb": msgspec.json.format(text, indent=1)}
    files |= nbgrader_files(submitted.folder)
    if submitted.submission.source.endswith(".py"):
        files[f"{assignment}.py"] = "\n".join(submitted.submission.cells).encode("utf-8", "replace")
    replace_folder(folder, files, 0o444)


def autograded_notebook(
    submitted: Submitted, report: SubmissionReport, master: Mapping[str, MasterCell]
) -> dict[str, Any]:
    """Return the mended notebook with our verdicts in its test cells; the released one where there is none to mend."""
    cells = [] if submitted.notebook is None else submitted.notebook["cells"]
    notebook: dict[str, Any] = {"cells": [cell for cell in cells if isinstance(cell, dict)]}
    if submitted.notebook is None:
        mend(notebook, master)
    results = {exercise.id.rpartition(".")[2]: exercise for exercise in report.exercises}
    kept = [_plain(cell, results, master) for cell in notebook["cells"]]
    return {
        "cells": _preface(submitted) + kept,
        "metadata": {"kernelspec": _KERNEL, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 4,
    }


def nbgrader_files(folder: Path) -> dict[str, bytes]:
    """Return the time of hand-in and nbgrader's secret, where they lie in a submission."""
    found = {}
    for name in (TIMESTAMP, SECRET):
        if (folder / name).exists():
            try:
                found[name] = read_regular(folder / name, 10_000)
            except Refusal:
                continue  # a link or a device in their place is nothing to pass on
    return found


def replace_folder(folder: Path, files: Mapping[str, bytes], mode: int) -> None:
    """Put files into a folder of their own in place of what is there; a crash leaves the old or the new."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=folder.parent))
    try:
        for name, data in files.items():
            (fresh / name).write_bytes(data)
            (fresh / name).chmod(mode)
        fresh.chmod(0o755)
        if folder.is_symlink() or folder.exists():
            old = fresh.with_name(fresh.name.replace(".new-", ".old-"))
            os.rename(folder, old)
            os.rename(fresh, folder)
            _remove(old)
        else:
            os.rename(fresh, folder)
    finally:
        if fresh.exists():
            _remove(fresh)


def _remove(path: Path) -> None:
    """Remove a folder although nbgrader makes its files, and sometimes its folders, read-only."""
    if path.is_symlink():
        path.unlink()
        return
    for inside in (path, *(found for found in path.rglob("*") if found.is_dir() and not found.is_symlink())):
        inside.chmod(inside.stat().st_mode | stat.S_IRWXU)
    shutil.rmtree(path)


def _plain(cell: Any, results: Mapping[str, ExerciseReport], master: Mapping[str, MasterCell]) -> dict[str, Any]:
    """Return a cell as nbformat 4.4 wants it, with nothing of a student's but the text and nbgrader's marks."""
    kind = cell.get("cell_type")
    kind = kind if kind in ("code", "markdown", "raw") else "raw"
    marks = marks_of(cell)
    metadata: dict[str, Any] = {}
    if marks:
        metadata = {"nbgrader": dict(marks), "deletable": False, "editable": not marks.get("locked")}
    plain: dict[str, Any] = {"cell_type": kind, "metadata": metadata, "source": text_of(cell)}
    if kind != "code":
        return plain
    tested = master[marks["grade_id"]].tests if marks.get("grade_id") in master else None
    exercise = results.get(tested) if tested else None
    return plain | {"execution_count": None, "outputs": [] if exercise is None else _outputs(exercise)}


def _outputs(exercise: ExerciseReport) -> list[dict[str, Any]]:
    """Return what a test cell would have printed and given."""
    stream = {"name": "stdout", "output_type": "stream", "text": exercise_text(exercise) + "\n"}
    if exercise.points is None:
        return [stream]
    data = {"text/plain": repr(float(exercise.points))}
    result = {"data": data, "execution_count": 1, "metadata": {}, "output_type": "execute_result"}
    return [stream, result]


def _preface(submitted: Submitted) -> list[dict[str, Any]]:
    """Return what people should know before they look at the cells: the answers are elsewhere, or unreadable."""
    submission = submitted.submission
    if submission.problem is not None:
        text = f"**Could not be read.** {_inert(submission.problem)}"
    elif submission.source.endswith(".py"):
        text = f"**Answered in {_inert(submission.source)}**, which was graded:"
    else:
        return []
    cells = [{"cell_type": "markdown", "metadata": {}, "source": text}]
    if submission.problem is None:
        source = clean("\n".join(submission.cells), 100_000)
        cells.append({"cell_type": "raw", "metadata": {}, "source": source})
    return cells


def _inert(text: str) -> str:
    """Return text that Markdown and HTML show as it is."""
    cleaned = clean(text, 500, newlines=False)
    return "".join(f"&#{ord(character)};" if character in "<>&*_`[]()!#\\$|" else character for character in cleaned)
