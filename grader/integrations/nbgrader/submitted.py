"""Submissions as they lie in an nbgrader course, and what is beside the answers in them."""

from __future__ import annotations

import dataclasses
import datetime
import glob
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from grader.authoring.exercises import Exercise
from grader.integrations.nbgrader.config import NbCourse
from grader.integrations.nbgrader.master import MasterCell
from grader.integrations.nbgrader.mend import mend, text_of
from grader.records.errors import UsageError
from grader.submissions.collect.place import TIMESTAMP, existing_time
from grader.submissions.finding import Submission, read_answer
from grader.submissions.reading import MAX_NOTEBOOK, Unreadable, read_bytes


@dataclasses.dataclass(frozen=True)
class Submitted:
    """One student's folder in `submitted/`."""

    folder: Path
    submission: Submission
    time: datetime.datetime | None
    notebook: dict[str, Any] | None
    """Of nbformat 4 and mended, None when it cannot be read as a notebook."""
    unchanged: frozenset[str]
    """grade_ids of the answers for people to grade that are as they were given out."""


def submitted_folders(target: NbCourse, assignment: str) -> dict[str, Path]:
    """Return the folders in which an assignment was handed in, by student; links are passed over."""
    pattern = str(target.folder("submitted", "*", assignment))
    step = target.directory.submitted_directory
    expression = target.directory.format_path(step, "(?P<student>.*)", assignment, escape=True)
    found: dict[str, Path] = {}
    for name in sorted(glob.glob(pattern)):
        match = re.fullmatch(expression.replace(re.escape(assignment), assignment), name)
        path = Path(name)
        if match and path.is_dir() and not path.is_symlink() and not path.parent.is_symlink():
            found[match["student"]] = path
    return found


def read_submitted(
    folder: Path, student: str, assignment: str, exercises: Sequence[Exercise], master: Mapping[str, MasterCell]
) -> Submitted:
    """Read a submission's answers, its time and its notebook; nothing of it is executed."""
    submission = read_answer(folder, assignment, student, exercises)
    time = existing_time(folder)
    notebook = _read_notebook(folder / _notebook_name(submission, assignment))
    unchanged: frozenset[str] = frozenset()
    if notebook is not None:
        mend(notebook, master)
        unchanged = _unchanged(notebook, master)
    return Submitted(folder, submission, time, notebook, unchanged)


def check_times(submitted: Sequence[Submitted]) -> None:
    """Raise `UsageError` for times of hand-in that cannot be read: no late work may count as handed in on time."""
    bad = [one.folder / TIMESTAMP for one in submitted if one.time is None and (one.folder / TIMESTAMP).exists()]
    if bad:
        raise UsageError(
            f"When was it handed in? {len(bad)} of {len(submitted)} times cannot be read, and nothing was graded:\n"
            + "\n".join(f"  {path}: {_first_words(path)}" for path in bad[:20]),
            hint="Write each as 2026-11-20 10:00:00 UTC, or with an offset such as +0900. An abbreviation that several "
            "countries use (IST, BST) does not tell. Without the file it counts as handed in on time.",
        )


def _first_words(path: Path) -> str:
    try:
        return repr(read_bytes(path, 10_000)[:60].decode("utf-8", "replace").strip())
    except Unreadable as problem:
        return str(problem)


def _notebook_name(submission: Submission, assignment: str) -> str:
    """Return the notebook that is graded, the assignment's own where a module is."""
    return submission.source if submission.source.lower().endswith(".ipynb") else f"{assignment}.ipynb"


def _read_notebook(path: Path) -> dict[str, Any] | None:
    """Return a notebook as nbformat 4, None when it is none."""
    try:
        notebook = json.loads(read_bytes(path, MAX_NOTEBOOK).decode("utf-8-sig"))
        if isinstance(notebook, dict) and "worksheets" in notebook:
            notebook = _upgraded(notebook)
    except (Unreadable, ValueError, RecursionError, AttributeError, KeyError, TypeError):
        return None  # the submission itself carries the reason, as its problem
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        return None
    notebook["cells"] = [cell for cell in notebook["cells"] if isinstance(cell, dict)]
    for cell in notebook["cells"]:
        if cell.get("outputs"):
            cell["outputs"] = []  # megabytes, of everybody at once
    return notebook


def _upgraded(notebook: dict[str, Any]) -> dict[str, Any]:
    import nbformat  # only notebooks of ten years ago need it

    read: Any = nbformat.reads
    try:
        upgraded: dict[str, Any] = json.loads(json.dumps(read(json.dumps(notebook), as_version=4)))
    except nbformat.ValidationError as error:
        raise ValueError(str(error)) from error
    return upgraded


def _unchanged(notebook: dict[str, Any], master: Mapping[str, MasterCell]) -> frozenset[str]:
    manual = {grade_id: cell for grade_id, cell in master.items() if cell.grade and cell.solution}
    texts = {cell["metadata"]["nbgrader"]["grade_id"]: text_of(cell) for cell in notebook["cells"] if _is_marked(cell)}
    return frozenset(grade_id for grade_id, cell in manual.items() if texts.get(grade_id, cell.source) == cell.source)


def _is_marked(cell: Any) -> bool:
    return isinstance(cell.get("metadata"), dict) and "nbgrader" in cell["metadata"]
