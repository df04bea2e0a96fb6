"""The one rule that chooses among files of one answer: copies, a module beside a notebook, later uploads.

The one with the most answers is taken; among equals the one that was changed last; never one that cannot be read beside
one that can. Which one and why is always told.
"""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from grader.records.text.saying import say, say_count

_STUB = "NotImplementedError"

Wanted = Sequence[frozenset[str]]
"""For each exercise the names that an answer to it must define."""


@dataclasses.dataclass(frozen=True)
class Candidate:
    """A file that may be the answer, read as source; nothing of it is executed."""

    name: str
    cells: tuple[str, ...]
    problem: str | None = None
    """Why it cannot be read."""
    time: float = 0.0
    """When it was changed, in seconds since 1970; 0 when nobody knows."""
    upload: int = 0
    """Of two files of one time the larger is the later."""


@dataclasses.dataclass(frozen=True)
class Choice:
    """Which of several files is graded, and why."""

    place: int
    """Of the chosen one among the candidates."""
    answers: tuple[int, ...]
    """How many exercises each of them answers; -1 for one that cannot be read."""
    note: str
    """Names the chosen file, the others, and the reason; "" when there is no other."""


def choose(candidates: Sequence[Candidate], assignment: str, wanted: Wanted | None = None) -> Choice:
    """Choose among at least one candidate; without `wanted` whatever any of them defines counts as asked for.

    >>> one = Candidate("a.py", ("def f(): raise NotImplementedError",), time=2.0)
    >>> two = Candidate("a (1).py", ("def f(): return 1",), time=1.0)
    >>> choose([one, two], "a", [frozenset({"f"})]).note
    'graded: a (1).py, not a.py: it answers 1 exercise, a.py answers none'
    """
    by_exercise = wanted is not None
    if wanted is None:
        wanted = [frozenset({name}) for name in sorted({name for one in candidates for name in _defined(one.cells)})]
    answers = tuple(-1 if one.problem else answered(one.cells, wanted) for one in candidates)

    def rank(place: int) -> tuple[object, ...]:
        one = candidates[place]
        path = PurePath(one.name)
        return answers[place], int(one.time), one.upload, path.stem == assignment, path.suffix == ".ipynb"

    ordered = sorted(range(len(candidates)), key=rank, reverse=True)
    best, others = ordered[0], ordered[1:]
    if not others:
        return Choice(best, answers, "")
    names = ", ".join(candidates[place].name for place in others)
    why = "; ".join(_why(candidates, answers, best, place, by_exercise) for place in others[:3])
    note = say("graded: {name}, not {names}: {why}", name=candidates[best].name, names=names, why=why)
    return Choice(best, answers, note)


def _why(candidates: Sequence[Candidate], answers: Sequence[int], best: int, place: int, by_exercise: bool) -> str:
    one, other = candidates[best], candidates[place]
    if other.problem:
        return other.problem.partition("\n")[0]
    if answers[best] != answers[place]:
        less = str(answers[place] or say("none"))
        done = _count(answers[best], by_exercise)
        return say("it answers {done}, {other} answers {less}", done=done, other=other.name, less=less)
    both = say("neither answers anything")
    if answers[best]:
        both = say("both answer {done}", done=_count(answers[best], by_exercise))
    if int(one.time) != int(other.time) or one.upload != other.upload:
        return say("{both}, and it is the newer one", both=both)
    if one.cells == other.cells:
        return say("they hold the same")
    if one.name.lower().endswith(".ipynb"):
        return say("{both}, and neither is newer; the notebook is taken", both=both)
    return say("{both}, and neither is newer; the one of the assignment's own name is taken", both=both)


def _count(count: int, by_exercise: bool) -> str:
    if count <= 0:
        return say("no exercise") if by_exercise else say("no function")
    if by_exercise:
        return say_count("{n} exercise", "{n} exercises", count)
    return say_count("{n} function", "{n} functions", count)


def answered(cells: Iterable[str], exercises: Iterable[Iterable[str]]) -> int:
    """Count the exercises, given by the names that they must define, that a submission does more for than the stub.

    >>> answered(["def f():\\n    raise NotImplementedError", "def g():\\n    return 1"], [{"f"}, {"g"}, {"h"}])
    1
    """
    done = _defined(cells)
    return sum(any(done.get(name) for name in names) for names in exercises)


def _defined(cells: Iterable[str]) -> dict[str, bool]:
    """Return the names that source defines, each with whether it is more than the stub."""
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
    return done


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
