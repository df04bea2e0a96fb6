"""Which of two files a student answered in, where an assignment may be answered in the notebook or in the module."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Iterable, Sequence
from pathlib import Path

from grader.authoring.exercises import Exercise
from grader.submissions.finding import FoundSubmission, Submission, read_submission

_STUB = "NotImplementedError"


def choose_answer(folder: Path, assignment: str, student: str, exercises: Sequence[Exercise]) -> Submission:
    """Read the file in which more exercises are answered, the notebook when both answer as many.

    Times of change are not looked at: collecting and copying sets them anew. A file that cannot be read counts only
    when there is no other.
    """
    paths = [folder / f"{assignment}{suffix}" for suffix in (".ipynb", ".py")]
    found = [read_submission(FoundSubmission(student, assignment, path)) for path in paths if path.is_file()]
    if not found:
        problem = f"there is neither {assignment}.ipynb nor {assignment}.py in the folder"
        return Submission(student, assignment, "", problem=problem)
    names = [set(exercise.names) for exercise in exercises]
    counts = [-1 if one.problem else answered(one.cells, names) for one in found]
    best = found[counts.index(max(counts))]
    other = [one for one in found if one is not best]
    if not other or (min(counts) <= 0 and not other[0].problem):
        return best
    why = other[0].problem or f"it answers {min(counts)} exercises, {best.source} answers {max(counts)}"
    return dataclasses.replace(best, notes=(f"graded: {best.source}, not {other[0].source}: {why}", *best.notes))


def answered(cells: Iterable[str], exercises: Iterable[set[str]]) -> int:
    """Count the exercises, given by the names that they must define, that a submission does more for than the stub.

    >>> answered(["def f():\\n    raise NotImplementedError", "def g():\\n    return 1"], [{"f"}, {"g"}, {"h"}])
    1
    """
    done: dict[str, bool] = {}
    for cell in cells:
        try:
            tree = ast.parse(cell)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                done[node.name] = not _is_stub(node)
            elif isinstance(node, ast.Assign | ast.AnnAssign | ast.ImportFrom | ast.Import):
                done |= dict.fromkeys(_names(node), True)
    return sum(any(done.get(name) for name in names) for names in exercises)


def _is_stub(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
    """Say whether a function, or a method of a class, still only raises NotImplementedError."""
    if isinstance(node, ast.ClassDef):
        return any(_is_stub(part) for part in node.body if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef))
    last = node.body[-1]
    if not isinstance(last, ast.Raise) or last.exc is None:
        return False
    raised = last.exc.func if isinstance(last.exc, ast.Call) else last.exc
    return isinstance(raised, ast.Name) and raised.id == _STUB and len(node.body) <= 2


def _names(node: ast.Assign | ast.AnnAssign | ast.ImportFrom | ast.Import) -> Iterable[str]:
    if isinstance(node, ast.ImportFrom | ast.Import):
        return [alias.asname or alias.name for alias in node.names]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [target.id for target in targets if isinstance(target, ast.Name)]
