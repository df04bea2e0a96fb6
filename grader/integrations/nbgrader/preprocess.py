"""Steps of ours in nbgrader's own conversions, named in nbgrader_config.py."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import msgspec
from nbgrader.api import Gradebook
from nbgrader.preprocessors import ClearSolutions, Execute, NbGraderPreprocessor
from nbgrader.utils import setenv

from grader.integrations.nbgrader.ids import KEPT, marks_of, tested_exercise
from grader.integrations.nbgrader.master import master_cells
from grader.integrations.nbgrader.mend import mend
from grader.integrations.notebook.cellcheck import check_file
from grader.integrations.notebook.check_cell import RESULTS


class KeepStubs(ClearSolutions):  # type: ignore[misc]  # nbgrader publishes no types
    """nbgrader's clearing of solutions, but for cells that are our stubs already."""

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> Any:
        """Clear one cell."""
        if cell.metadata.get("grader", {}).get("stub") == KEPT:
            return cell, resources
        return super().preprocess_cell(cell, resources, cell_index)


class MendCells(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader publishes no types
    """Puts back what nbgrader needs to know of the cells, so that an edited notebook loses no score for its form."""

    def preprocess(self, nb: Any, resources: Any) -> Any:
        """Mend a submitted notebook in place."""
        about = resources["nbgrader"]
        if about["assignment"] != about["notebook"]:
            return nb, resources  # a notebook of the instructor's own
        with Gradebook(about["db_url"]) as gradebook:
            master = master_cells(gradebook, about["assignment"])
        for note in mend(nb, master):
            self.log.warning("%s", note)
        return nb, resources


class ExecuteTestCells(Execute):  # type: ignore[misc]  # nbgrader publishes no types
    """Runs only our test cells, and judges the answers beforehand, in one warm process for all submissions.

    A notebook with any other graded code cell runs whole, as nbgrader runs it.
    """

    def preprocess(self, nb: Any, resources: Any, *args: Any, **options: Any) -> Any:
        """Run a notebook."""
        tests = [cell for cell in nb.cells if cell.cell_type == "code" and _is_test(cell)]
        self._only_ours = all(_is_ours(cell) for cell in tests)
        if not self._only_ours:
            return super().preprocess(nb, resources, *args, **options)
        folder = Path(resources["metadata"]["path"])
        with tempfile.NamedTemporaryFile(prefix="grader-results-", suffix=".json") as file:
            file.write(msgspec.json.encode(check_file(folder, resources["nbgrader"]["assignment"])))
            file.flush()
            with setenv(**{RESULTS: file.name}):
                return super().preprocess(nb, resources, *args, **options)

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> Any:
        """Run one cell, or leave it without output."""
        if self._only_ours and not (cell.cell_type == "code" and _is_ours(cell)):
            return cell, resources
        return super().preprocess_cell(cell, resources, index)


def _is_test(cell: Any) -> bool:
    marks = marks_of(cell)
    return bool(marks.get("grade")) and not marks.get("solution")


def _is_ours(cell: Any) -> bool:
    grade_id = marks_of(cell).get("grade_id")
    return _is_test(cell) and tested_exercise(str(grade_id)) is not None and "check_cell(" in cell.source
