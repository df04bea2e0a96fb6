"""nbgrader: a source notebook with hidden tests, `nbgrader generate_assignment` and `nbgrader autograde`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.peers.common import Scores, command, notebook, statements_testing
from benchmarks.peers.submissions import EXERCISES, REFERENCE, SETUP, Submission

PACKAGES = ("nbgrader", "alembic", "ipykernel")
CONFIG = 'c = get_config()\nc.CourseDirectory.course_id = "peers"\n'
READ = """
import json
from nbgrader.api import Gradebook
found = {}
with Gradebook("sqlite:///gradebook.db") as book:
    for one in book.assignment_submissions("answers"):
        grades = [grade for notebook in one.notebooks for grade in notebook.grades if grade.auto_score is not None]
        if grades:
            found[one.student.id] = {grade.name.removeprefix("test_"): grade.auto_score for grade in grades}
print("FOUND" + json.dumps(found))
"""


def _cell(source: str, grade_id: str, **kind: Any) -> dict[str, Any]:
    told = {
        "grade": False,
        "solution": False,
        "locked": False,
        "task": False,
        "schema_version": 3,
        "grade_id": grade_id,
    }
    return {"source": source, "metadata": {"nbgrader": told | kind}}


def prepare(folder: Path, submissions: Sequence[Submission], python: Path) -> None:
    """Write the course, have it generated, and hand in the released notebook with the answers in it."""
    cells: list[str | dict[str, Any]] = [SETUP]
    for name in EXERCISES:
        head, _, body = REFERENCE[name].partition('"""\n')
        solution = f'{head}"""\n    ### BEGIN SOLUTION\n{body}    ### END SOLUTION\n'
        cells.append(_cell(solution, name, solution=True))
        hidden = f"assert callable({name})\n### BEGIN HIDDEN TESTS\n{statements_testing(name)}### END HIDDEN TESTS\n"
        cells.append(_cell(hidden, f"test_{name}", grade=True, locked=True, points=1))
    source = folder / "source" / "answers" / "answers.ipynb"
    source.parent.mkdir(parents=True)
    source.write_text(notebook(cells), encoding="utf-8")
    (folder / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    done = command([python.parent / "nbgrader", "generate_assignment", "answers"], folder, python)
    released = folder / "release" / "answers" / "answers.ipynb"
    if not released.is_file():
        raise RuntimeError(done.said)
    for one in submissions:
        path = folder / "submitted" / one.name / "answers" / "answers.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(_handed_in(json.loads(released.read_text(encoding="utf-8")), one), encoding="utf-8")


def _handed_in(released: dict[str, Any], one: Submission) -> str:
    """Return the released notebook with the answers in their cells, and the submission's own cells around."""

    def own(source: str, number: int) -> dict[str, Any]:
        return {
            "cell_type": "code",
            "id": f"own{number}",
            "metadata": {},
            "execution_count": None,
            "outputs": [],
            "source": source,
        }

    for cell in released["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        if name in one.answers:
            cell["source"] = one.answers[name]
    cells = released["cells"]
    before = [own(source, number) for number, source in enumerate(one.before)]
    after = [own(source, 100 + number) for number, source in enumerate(one.after)]
    released["cells"] = [cells[0], *before, *cells[1:], *after]
    return json.dumps(released, indent=1)


def grade(folder: Path, submissions: Sequence[Submission], python: Path) -> Scores:
    """Autograde all of them by one command, and read the gradebook through nbgrader's own API."""
    command([python.parent / "nbgrader", "autograde", "answers"], folder, python)
    said = command([python, "-c", READ], folder, python).said
    found: Scores = json.loads(said.rpartition("FOUND")[2])
    return found
