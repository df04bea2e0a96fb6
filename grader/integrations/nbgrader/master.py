"""What the gradebook knows of a released notebook: its cells, by grade_id."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from grader.authoring.exercises import Exercise
from grader.integrations.nbgrader.ids import marks, test_id, tested_exercise
from grader.records.errors import UsageError

if TYPE_CHECKING:
    from nbgrader.api import Gradebook


@dataclasses.dataclass(frozen=True)
class MasterCell:
    """One cell as it was released."""

    grade_id: str
    kind: str
    """`code` or `markdown`."""
    source: str
    locked: bool
    grade: bool
    solution: bool
    task: bool
    points: float | None
    checksum: str

    @property
    def metadata(self) -> dict[str, Any]:
        """The cell's `nbgrader` metadata."""
        found = marks(
            self.grade_id,
            grade=self.grade,
            solution=self.solution,
            locked=self.locked,
            task=self.task,
            points=self.points,
        )
        return found | {"checksum": self.checksum, "cell_type": self.kind}

    @property
    def tests(self) -> str | None:
        """The bare name of the exercise that it tests, None when it is no test cell of ours."""
        ours = self.grade and self.locked and "check_cell(" in self.source
        return tested_exercise(self.grade_id) if ours else None


def master_cells(gradebook: Gradebook, assignment: str) -> dict[str, MasterCell]:
    """Return the cells of an assignment's notebook that have a grade_id, in the order in which they were released.

    Raises `UsageError` when the assignment was never released into this gradebook.
    """
    from nbgrader.api import MissingEntry

    try:
        notebook = gradebook.find_notebook(assignment, assignment)
    except MissingEntry as error:
        raise UsageError(
            f"The gradebook knows no notebook {assignment}/{assignment}.ipynb.",
            hint=f"Release it first: grader release --to nbgrader DIR {assignment}",
        ) from error
    points = {cell.name: float(cell.max_score) for cell in (*notebook.grade_cells, *notebook.task_cells)}
    grades = {cell.name for cell in notebook.grade_cells}
    solutions = {cell.name for cell in notebook.solution_cells}
    tasks = {cell.name for cell in notebook.task_cells}
    return {
        cell.name: MasterCell(
            grade_id=cell.name,
            kind=cell.cell_type,
            source=cell.source or "",
            locked=bool(cell.locked),
            grade=cell.name in grades,
            solution=cell.name in solutions,
            task=cell.name in tasks,
            points=points.get(cell.name),
            checksum=cell.checksum or "",
        )
        for cell in notebook.source_cells
    }


def check_master(master: dict[str, MasterCell], assignment: str, exercises: tuple[Exercise, ...]) -> None:
    """Raise `UsageError` when what was released is not what would be graded: another exercise, other points."""
    hint = f"Release it again before grading: grader release --to nbgrader DIR {assignment} --force"
    for exercise in exercises:
        cell = master.get(test_id(exercise.name))
        if cell is None:
            raise UsageError(f"The gradebook has no cell for the score of {exercise.id}.", hint=hint)
        if cell.points is None or abs(cell.points - exercise.points) > 1e-6:
            raise UsageError(
                f"{exercise.id} is worth {exercise.points:g} points, but {cell.points or 0:g} in the gradebook.",
                hint=hint,
            )
