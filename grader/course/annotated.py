"""The annotated source of an assignment: cells with prose and references, and what students get of them.

The source is a script in jupytext's percent format. What lies between `### BEGIN SOLUTION` and `### END SOLUTION`
is the reference; in the stub and in the notebook it becomes `raise NotImplementedError`. In a cell without marks it is
the body of the function that has the exercise's name.
"""

from __future__ import annotations

import ast
import dataclasses
import re
from collections.abc import Collection
from pathlib import Path

from grader.course.fast_nbformat import skip_iri_grammars
from grader.course.magics import NotPython, check_compiles
from grader.records.errors import AuthorError
from grader.records.text.language import ENGLISH, speaking
from grader.records.text.places import short_path
from grader.records.text.saying import say

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
STUB, PLACEHOLDER = "raise NotImplementedError", "# Write your code here."

_MARKER = re.compile(r"^\s*#+\s*(BEGIN|END)\s+SOLUTION\s*$", re.IGNORECASE)
_WHOLE, _WITHIN = 12, 20
"""Characters from which on a line of a solution counts as a leak: as a whole line, and within another."""


@dataclasses.dataclass(frozen=True)
class Cell:
    """One cell of an annotated source."""

    kind: str
    """`code` or `markdown`."""
    source: str
    """With the reference, as the author wrote it."""
    language: str = ""
    """Of prose: `en`, `ko`, ...; "" belongs to every language."""
    exercise: str = ""
    """Name of the exercise that a code cell answers."""
    shows: str = ""
    """Name of the exercise whose answer a code cell of the notebook draws; such a cell is in no module."""
    manual: str = ""
    """Name of an answer that a person grades, in nbgrader courses only."""
    task: str = ""
    """Name of a task that a person grades, in nbgrader courses only."""
    points: float = 0.0
    """Of a manual answer or a task."""

    @property
    def stub(self) -> str:
        """What students get: the source with each reference replaced."""
        return replace_solutions(self.source)


@dataclasses.dataclass(frozen=True)
class Annotated:
    """An annotated source, checked: regions are balanced and both sides compile."""

    assignment: str
    cells: tuple[Cell, ...]

    @property
    def code(self) -> tuple[Cell, ...]:
        """The code cells in order, but for those that only draw what an answer gives."""
        return tuple(cell for cell in self.cells if cell.kind == "code" and not cell.shows)

    def in_languages(self, languages: Collection[str]) -> Annotated:
        """Return it without the prose of languages that a course is not in."""
        kept = tuple(cell for cell in self.cells if not cell.language or cell.language in languages)
        return dataclasses.replace(self, cells=kept)


def reference_cells(path: Path) -> tuple[str, ...]:
    """Return the code cells of an annotated source, the references in place.

    Raises `AuthorError` as `read_annotated` does.
    """
    return tuple(cell.source for cell in read_annotated(path).code)


def read_annotated(path: Path) -> Annotated:
    """Read and check `solutions/<a>/<a>.py`.

    Raises `AuthorError` with line numbers when it is missing, does not compile, or its solution regions are
    unbalanced, nested, empty, or leave nothing to do.
    """
    place = short_path(path)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise AuthorError(
            f"{place} is missing.",
            hint="It holds an assignment's prose and reference; `grader new` writes a first one.",
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise AuthorError(f"{place} cannot be read: {error}.") from error
    problems = region_problems(text)
    if problems:
        listed = "\n".join(f"  line {line}: {problem}" for line, problem in problems)
        raise AuthorError(f"{place} has solution regions that do not fit:\n{listed}")
    _check(text, place, "")
    _check(replace_solutions(text), place, " once its solutions are taken out")
    annotated = Annotated(path.stem, _cells(text))
    for cell in annotated.code:
        begins = next(iter(cell.source.strip().splitlines()), "")
        _check(cell.source, f"{place}: the cell that begins {begins!r}", " on its own")
    return annotated


def region_problems(text: str) -> list[tuple[int, str]]:
    """Return what is wrong with the solution regions of a source as (line, problem) pairs.

    >>> region_problems("### BEGIN SOLUTION")
    [(1, 'BEGIN SOLUTION without an END SOLUTION')]
    """
    problems: list[tuple[int, str]] = []
    begun: int | None = None
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        marker = _MARKER.match(line)
        if not marker:
            continue
        if marker[1].upper() == "BEGIN":
            if begun is not None:
                problems.append((number, f"BEGIN SOLUTION inside the region that begins in line {begun}"))
            begun = number
        elif begun is None:
            problems.append((number, "END SOLUTION without a BEGIN SOLUTION before it"))
        else:
            problems += [(begun, problem) for problem in _content_problems(text, lines[begun : number - 1], begun)]
            begun = None
    if begun is not None:
        problems.append((begun, "BEGIN SOLUTION without an END SOLUTION"))
    return problems


def marked_regions(text: str) -> list[tuple[int, int]]:
    """Return the lines of BEGIN SOLUTION and END SOLUTION, counted from 1, of a source whose regions are balanced."""
    found: list[tuple[int, int]] = []
    begun = 0
    for number, line in enumerate(text.split("\n"), 1):
        marker = _MARKER.match(line)
        if marker and marker[1].upper() == "BEGIN":
            begun = number
        elif marker:
            found.append((begun, number))
    return found


def _content_problems(text: str, inside: list[str], begun: int) -> list[str]:
    problems = []
    if not any(line.strip() and not line.lstrip().startswith("#") for line in inside):
        problems.append("the region is empty: there is no solution to take out")
    if any(line.startswith("# %%") for line in inside):
        problems.append("the region runs into another cell")
    if isinstance(_scope(text, begun), ast.ClassDef):
        problems.append(
            "the region stands in the body of a class, which the stub could not define: "
            "put one inside each method, or one around the whole class"
        )
    return problems


def _scope(text: str, line: int) -> ast.AST | None:
    """Return the innermost function or class around a line; None at module level and when the text does not parse."""
    try:
        check_compiles(text, "source")
    except NotPython:
        return None
    around = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and node.lineno < line <= (node.end_lineno or 0) + 1
        and _indent(text.split("\n")[line - 1]) > node.col_offset
    ]
    return max(around, key=lambda node: node.lineno, default=None)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def replace_solutions(source: str) -> str:
    """Return a source with each solution region replaced by `raise NotImplementedError` at its indentation.

    At module level, where raising would stop the whole file, a region becomes a comment: what it defines is missing.

    >>> print(replace_solutions("def f():\\n    ### BEGIN SOLUTION\\n    return 1\\n    ### END SOLUTION"))
    def f():
        raise NotImplementedError
    """
    kept: list[str] = []
    inside = False
    for line in source.split("\n"):
        marker = _MARKER.match(line)
        if marker:
            inside = marker[1].upper() == "BEGIN"
            if inside:
                kept.append(line[: _indent(line)] + (STUB if _indent(line) else PLACEHOLDER))
        elif not inside:
            kept.append(line)
    return "\n".join(kept)


def mark_body(source: str, exercise: str) -> str:
    """Return a cell with marks around the body of the function that answers its exercise, where it has none.

    The docstring stays outside. A cell with a mark of its own, or without such a function, is left as it is.

    >>> print(mark_body("def f(x):\\n    return 1", "f"))
    def f(x):
        ### BEGIN SOLUTION
        return 1
        ### END SOLUTION
    """
    lines = source.split("\n")
    if not exercise or any(_MARKER.match(line) for line in lines):
        return source
    try:
        found = [one for one in ast.parse(source).body if isinstance(one, ast.FunctionDef) and one.name == exercise]
    except SyntaxError:  # a magic, or what is told elsewhere
        return source
    body = [one for function in found[-1:] for one in function.body[bool(ast.get_docstring(function)) :]]
    if not body or body[0].lineno == found[-1].lineno:
        return source
    first, last = body[0].lineno - 1, body[-1].end_lineno or body[-1].lineno
    indent = lines[first][: _indent(lines[first])]
    return "\n".join([*lines[:first], indent + BEGIN, *lines[first:last], indent + END, *lines[last:]])


def leaks(annotated: Annotated, text: str, *, whole_lines: bool = False) -> list[str]:
    """Return the lines of the reference that a text for students holds; with `whole_lines`, only as lines of its own.

    A line that the author's code also has outside every solution is no secret, and neither is one too short to say
    anything (`return x`); a long one is found within another line too, in prose for example.
    """
    secrets = _solution_lines(annotated)
    lines = {line.strip() for line in text.split("\n")}
    return [
        secret
        for secret in secrets
        if (secret in lines and len(secret) >= _WHOLE)
        or (not whole_lines and secret in text and len(secret) >= _WITHIN)
    ]


def _solution_lines(annotated: Annotated) -> list[str]:
    public: set[str] = set()
    secret: dict[str, None] = {}
    for cell in annotated.code:
        inside = False
        for line in cell.source.split("\n"):
            marker = _MARKER.match(line)
            if marker:
                inside = marker[1].upper() == "BEGIN"
            elif inside:
                secret[line.strip()] = None
            else:
                public.add(line.strip())
    return [line for line in secret if line not in public and not line.endswith(":")]


def first_line(name: str) -> str:
    """Return the comment at the beginning of an assignment's stub, in the language in force."""
    task = say("Write your answers here and run `grader check {name}`;", name=name)
    return f"# {task} " + say("{name}.ipynb holds the same tasks with explanations.", name=name)


def stub_text(annotated: Annotated, language: str = ENGLISH) -> str:
    """Return the module that students begin with: the code cells alone, without the prose of the notebook."""
    with speaking(language):
        first = first_line(annotated.assignment)
    blocks = [cell.stub.strip("\n") for cell in annotated.code if cell.stub.strip()]
    return f"{first}\n\n" + _blank_lines("\n\n\n".join(blocks)) + "\n"


def _cells(text: str) -> tuple[Cell, ...]:
    skip_iri_grammars()
    import jupytext  # not light: only what reads an annotated source needs it

    notebook = jupytext.reads(text, fmt="py:percent")
    return tuple(
        Cell(
            kind="markdown" if cell.cell_type == "markdown" else "code",
            source=mark_body(cell.source, str(cell.metadata.get("exercise", ""))),
            language=str(cell.metadata.get("lang", "")),
            exercise=str(cell.metadata.get("exercise", "")),
            shows=str(cell.metadata.get("shows", "")),
            manual=str(cell.metadata.get("manual", "")),
            task=str(cell.metadata.get("task", "")),
            points=_points(cell.metadata.get("points", 0)),
        )
        for cell in notebook.cells
        if cell.cell_type in {"code", "markdown"}
    )


def _points(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
        raise AuthorError(f"A cell has points={value!r}; expected a number of at least 0.")
    return float(value)


def _check(text: str, place: str, when: str) -> None:
    try:
        check_compiles(text, place)
    except NotPython as problem:
        raise AuthorError(f"{place} does not compile{when}: {problem.located()}") from problem


def _blank_lines(text: str) -> str:
    return re.sub(r"\n{4,}", "\n\n\n", text)
