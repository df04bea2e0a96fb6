"""Scores into the gradebook: one transaction a submission, so that a crash leaves the old scores or the new ones."""

from __future__ import annotations

import dataclasses
import datetime
import warnings
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from grader.integrations.nbgrader.gradebook import patiently
from grader.integrations.nbgrader.ids import test_id
from grader.integrations.nbgrader.master import MasterCell
from grader.integrations.nbgrader.rows import ensure_submission
from grader.records.errors import UsageError
from grader.results.render.exercise import exercise_text
from grader.results.report import SubmissionReport

if TYPE_CHECKING:
    from nbgrader.api import Gradebook

MAX_COMMENT = 4_000

Penalty = Callable[[str, float, float], float | None]
"""(student, score, seconds late) to the points that handing in late costs."""


@dataclasses.dataclass(frozen=True)
class Work:
    """What is to be written about one submission."""

    report: SubmissionReport
    """As a student may see it."""
    time: datetime.datetime | None
    unchanged: frozenset[str] = frozenset()
    """grade_ids of the answers for people to grade that are as they were given out."""


def write_scores(
    gradebook: Gradebook, db_url: str, work: Work, master: Mapping[str, MasterCell], penalty: Penalty
) -> None:
    """Write the scores, comments and late penalty of one submission, all of them or none.

    Scores that people gave are never touched; where there is one, or where nothing was judged, the cell is marked as
    one that a person must look at, as nbgrader does. Raises `UsageError` when the gradebook stays locked.
    """

    def attempt() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # nbgrader's own use of SQLAlchemy warns each time a submission is added
            try:
                _write(gradebook, work, master, penalty)
            except BaseException:
                gradebook.db.rollback()
                raise

    patiently(db_url, attempt)


def _write(gradebook: Gradebook, work: Work, master: Mapping[str, MasterCell], penalty: Penalty) -> None:
    from nbgrader.api import SubmittedNotebook

    db, student, assignment = gradebook.db, work.report.student, work.report.assignment
    notebook_id = ensure_submission(db, student, assignment, work.time)
    _set_grades(db, notebook_id, work, master)
    _set_comments(db, notebook_id, work, master)
    db.bulk_update_mappings(SubmittedNotebook, [{"id": notebook_id, "late_submission_penalty": None}])
    if _is_late(db, student, assignment):
        notebook = gradebook.find_submission_notebook(assignment, assignment, student)
        late = notebook.assignment.total_seconds_late
        notebook.late_submission_penalty = _bounded(penalty(student, notebook.score, late), notebook.score)
    db.commit()
    db.expunge_all()


def _is_late(db: Any, student: str, assignment: str) -> bool:
    from nbgrader.api import Assignment, SubmittedAssignment

    moment, extension, due = (
        db.query(SubmittedAssignment.timestamp, SubmittedAssignment.extension, Assignment.duedate)
        .filter(SubmittedAssignment.student_id == student, SubmittedAssignment.assignment_id == Assignment.id)
        .filter(Assignment.name == assignment)
        .one()
    )
    if moment is None or due is None:
        return False
    return bool(moment > due + (extension or datetime.timedelta()))


def _set_grades(db: Any, notebook: str, work: Work, master: Mapping[str, MasterCell]) -> None:
    from nbgrader.api import BaseCell, Grade

    points = {test_id(_name(exercise.id)): exercise for exercise in work.report.exercises}
    rows = db.query(Grade.id, Grade.manual_score, BaseCell.name).filter(Grade.notebook_id == notebook)
    changes: list[dict[str, Any]] = []
    for row in rows.filter(Grade.cell_id == BaseCell.id).all():
        cell = master.get(row.name)
        exercise = points.get(row.name)
        if exercise is not None and exercise.points is None:
            new: dict[str, Any] = {"needs_manual_grade": True}  # what an earlier run gave stands until it is judged
        elif exercise is not None:
            new = {"auto_score": exercise.points, "needs_manual_grade": row.manual_score is not None}
        elif row.name in work.unchanged:
            new = {"auto_score": 0.0, "needs_manual_grade": row.manual_score is not None}
        elif cell is not None and (cell.solution or cell.task):
            new = {"auto_score": None, "needs_manual_grade": True}
        else:
            continue  # a test cell of the instructor's own: only nbgrader can run it
        changes.append(new | {"id": row.id})
    db.bulk_update_mappings(Grade, changes)


def _set_comments(db: Any, notebook: str, work: Work, master: Mapping[str, MasterCell]) -> None:
    from nbgrader.api import BaseCell, Comment

    answered = {answer_cell(_name(exercise.id), master): exercise for exercise in work.report.exercises}
    rows = db.query(Comment.id, BaseCell.name).filter(Comment.notebook_id == notebook)
    changes = []
    for row in rows.filter(Comment.cell_id == BaseCell.id).all():
        exercise = answered.get(row.name)
        if exercise is not None:
            text = exercise_text(exercise)[:MAX_COMMENT]
        elif row.name in work.unchanged:
            text = "No response."
        else:
            continue
        changes.append({"id": row.id, "auto_comment": text})
    db.bulk_update_mappings(Comment, changes)


def answer_cell(exercise: str, master: Mapping[str, MasterCell]) -> str | None:
    """Return the grade_id of the cell in which an exercise is answered, None when no cell of its own is known."""
    if exercise in master and master[exercise].solution:
        return exercise
    from grader.course.notebooks import defined_names

    defining = [cell.grade_id for cell in master.values() if cell.solution and exercise in defined_names(cell.source)]
    return defining[0] if defining else None


def _bounded(penalty: float | None, score: float) -> float | None:
    """Keep a penalty between nothing and the whole score, as nbgrader does."""
    return None if penalty is None else min(max(penalty, 0.0), score)


def late_penalty(config: Any) -> Penalty:
    """Return the course's own late plugin as a function; it is made when the first late submission needs it."""
    made: list[Any] = []

    def penalty(student: str, score: float, seconds: float) -> float | None:
        if not made:
            made.append(_plugin(config))
        try:
            found: float | None = made[0].late_submission_penalty(student, score, seconds)
        except Exception as error:  # the instructor's own code
            name = type(made[0]).__name__
            raise UsageError(f"The late plugin {name} raises {type(error).__name__}: {error}") from error
        return found

    return penalty


def _plugin(config: Any) -> Any:
    from nbgrader.preprocessors import AssignLatePenalties
    from traitlets import TraitError

    try:
        step = AssignLatePenalties(config=config)
        step.init_plugin()
    except (TraitError, ImportError, AttributeError) as error:
        raise UsageError(
            f"The late plugin of nbgrader_config.py cannot be loaded: {error}",
            hint="Correct c.AssignLatePenalties.plugin_class.",
        ) from error
    return step.plugin_inst


def _name(exercise_id: str) -> str:
    return exercise_id.rpartition(".")[2]
