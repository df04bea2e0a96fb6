"""What `%load_ext grader` gives a notebook: `%%exercise einsum.trace`, `check("einsum.trace")` and `%course`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.integrations.notebook.side_effects import without_side_effects
from grader.records.errors import GraderError
from grader.records.text.language import settle
from grader.records.text.saying import say

if TYPE_CHECKING:
    from grader.results.report import ExerciseReport


class CheckResult:
    """What was found of an exercise: text in a terminal, a small page in a notebook.

    Both are written at once, in the language in force: what writes them draws random numbers when it is imported.
    """

    def __init__(self, report: ExerciseReport) -> None:
        from grader.results.render.exercise import exercise_text
        from grader.results.render.html import exercise_part

        self._text, self._html = exercise_text(report), exercise_part(report)
        self.passed = report.outcome == "passed"

    def __repr__(self) -> str:
        return self._text

    def _repr_html_(self) -> str:
        return self._html


class Message:
    """A sentence in place of a result: what kept the check from being made."""

    def __init__(self, sentence: str) -> None:
        self._sentence = sentence

    def __repr__(self) -> str:
        return self._sentence


def check(exercise_id: str) -> CheckResult | Message:
    """Check an exercise as the executed cells of this notebook answer it; nothing needs to be saved.

    The answer runs in a process of its own: no name, generator or setting of the notebook is touched.
    """
    from grader.integrations.notebook.check_cell import executed_cells

    return _checked(exercise_id, executed_cells() or [])


def _checked(exercise_id: str, cells: list[str]) -> CheckResult | Message:
    from grader.integrations.notebook.cellcheck import history_report
    from grader.integrations.notebook.course_folder import course_beside

    settle(None, ())  # until the course is known, which may have a language of its own
    try:
        with without_side_effects():
            return CheckResult(history_report(course_beside(Path.cwd()), exercise_id, cells))
    except GraderError as error:
        return Message(str(error))


def _course(line: str) -> Message | None:
    """Fetch the course from its address where the notebook lies without it: %course https://..."""
    from grader.integrations.notebook.course_folder import fetch_unless_beside

    settle(None, ())
    try:
        fetched = fetch_unless_beside(line.strip(), Path.cwd())
    except GraderError as error:
        return Message(str(error))
    return Message(say("The checks of this notebook were fetched.")) if fetched else None


def load(shell: Any) -> None:
    """Register the magics, and `check` unless the notebook has a name of its own for that."""

    def exercise(line: str, cell: str) -> CheckResult | Message | None:
        """Run the cell, then check the exercise that is named: %%exercise einsum.trace."""
        from grader.integrations.notebook.check_cell import executed_cells

        settle(None, ())
        name = line.partition("#")[0].strip()
        if not name:
            return Message(say("Which exercise? Write its name after the magic, such as %%exercise einsum.trace"))
        done = shell.run_cell(cell)
        if not done.success:
            return None  # the notebook shows the error already
        return _checked(name, [*(executed_cells() or []), cell])

    shell.register_magic_function(exercise, magic_kind="cell", magic_name="exercise")
    shell.register_magic_function(_course, magic_kind="line", magic_name="course")
    if "check" not in shell.user_ns:
        shell.push({"check": check}, interactive=False)


def unload(shell: Any) -> None:
    """Take both away again."""
    shell.magics_manager.magics["cell"].pop("exercise", None)
    shell.magics_manager.magics["line"].pop("course", None)
    if shell.user_ns.get("check") is check:
        shell.drop_by_id({"check": check})
