"""The gradebook's rows of one submission, made where they are missing, within the caller's transaction.

nbgrader's `Gradebook.add_submission` makes the same rows, but commits them without scores, and loads objects that add
up every score of the course. Here its model classes are used, and only columns are asked for.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any


def ensure_submission(db: Any, student: str, assignment: str, moment: datetime.datetime | None) -> str:
    """Return the id of the `SubmittedNotebook` of a student's work, made with all that belongs to it when it is new.

    `moment` becomes the time of hand-in; None leaves the one that is known. Nothing is committed.
    """
    from nbgrader.api import Assignment, Student, SubmittedAssignment, new_uuid

    utc = None if moment is None else moment.astimezone(datetime.UTC).replace(tzinfo=None)
    (assignment_id,) = db.query(Assignment.id).filter(Assignment.name == assignment).one()
    if db.query(Student.id).filter(Student.id == student).first() is None:
        db.bulk_insert_mappings(Student, [{"id": student}])
    mine = db.query(SubmittedAssignment.id, SubmittedAssignment.timestamp).filter(
        SubmittedAssignment.student_id == student, SubmittedAssignment.assignment_id == assignment_id
    )
    found = mine.first()
    if found is None:
        row = {"id": new_uuid(), "assignment_id": assignment_id, "student_id": student, "timestamp": utc}
        db.bulk_insert_mappings(SubmittedAssignment, [row])
        submission_id = row["id"]
    else:
        submission_id = found.id
        if utc is not None and found.timestamp != utc:
            db.bulk_update_mappings(SubmittedAssignment, [{"id": submission_id, "timestamp": utc}])
    return _notebooks(db, assignment_id, submission_id)[assignment]


def _notebooks(db: Any, assignment_id: str, submission_id: str) -> dict[str, str]:
    """Return the ids of a submission's notebooks by name, those made that are missing."""
    from nbgrader.api import BaseCell, Notebook, SubmittedNotebook, new_uuid

    rows = db.query(SubmittedNotebook.notebook_id, SubmittedNotebook.id)
    known = {row.notebook_id: row.id for row in rows.filter(SubmittedNotebook.assignment_id == submission_id)}
    names = {row.id: row.name for row in db.query(Notebook.id, Notebook.name).filter_by(assignment_id=assignment_id)}
    missing = {notebook_id: new_uuid() for notebook_id in names if notebook_id not in known}
    if missing:
        db.bulk_insert_mappings(
            SubmittedNotebook,
            [{"id": own, "notebook_id": there, "assignment_id": submission_id} for there, own in missing.items()],
        )
        cells = db.query(BaseCell.id, BaseCell.type, BaseCell.notebook_id).filter(BaseCell.notebook_id.in_(missing))
        _cells(db, cells.all(), missing)
    return {name: (known | missing)[notebook_id] for notebook_id, name in names.items()}


def _cells(db: Any, cells: Iterable[Any], notebooks: dict[str, str]) -> None:
    """Make a grade for each cell that is graded and a comment for each that is answered, as nbgrader does."""
    from nbgrader.api import Comment, Grade

    kinds = {"GradeCell": (Grade,), "SolutionCell": (Comment,), "TaskCell": (Grade, Comment)}
    for kind in (Grade, Comment):
        rows = [
            {"cell_id": cell.id, "notebook_id": notebooks[cell.notebook_id]}
            for cell in cells
            if kind in kinds.get(cell.type, ())
        ]
        db.bulk_insert_mappings(kind, rows)
