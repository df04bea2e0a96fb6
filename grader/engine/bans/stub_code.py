"""What a stub holds already, and what of a submission is just that: such code is not the student's."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator, Sequence

from grader.engine.bans.parsed import ParsedSource
from grader.records.rules import Given

_Block = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def given_by(cells: Sequence[str]) -> Given:
    """Return what the code of a stub gives; cells that are no plain Python are left out.

    >>> given_by(["def twice(x):\\n    return 2 * x", "def ones(n, k=1):\\n    raise NotImplementedError"]).answers
    (('ones', '2 1 0 0'),)
    """
    bodies = [_body(cell) for cell in cells]
    keys = {key for body in bodies for _, key in _keyed(body, "")}
    asked = [(one.name, form(one)) for body in bodies for one in body if isinstance(one, _Block) and _is_asked(one)]
    return Given(tuple(sorted(keys)), tuple(asked))


def _body(cell: str) -> list[ast.stmt]:
    try:
        return ast.parse(cell).body
    except SyntaxError:  # a notebook's magic
        return []


def given_lines(source: ParsedSource, given: Given) -> frozenset[int]:
    """Return the lines, as the reader numbers them, of statements of a submission that its stub holds already.

    What was given is the same for all exercises of an assignment, so a source is gone through once.
    """
    if not given.statements:
        return frozenset()
    if source.given is None or source.given[0] != given:
        source.given = given, _lines(source, frozenset(given.statements))
    return source.given[1]


def _lines(source: ParsedSource, known: frozenset[str]) -> frozenset[int]:
    lines = set[int]()
    try:
        for statement in source.statements():
            for one, key in _keyed([statement], ""):
                if key in known and not (isinstance(one, _Block) and _is_asked(one)):
                    lines.update(range(one.lineno, (one.end_lineno or one.lineno) + 1))
    except RecursionError:
        return frozenset()  # nothing that nests so deeply was given
    return frozenset(lines)


def earlier_answers(source: ParsedSource, given: Given, names: Sequence[str]) -> frozenset[str]:
    """Return the answers that the stub asks for before these names, where the submission only defines them.

    One that is changed after its definition, decorated, or takes other parameters than the stub gives it is not
    among them: what calls it is judged by its code too.
    """
    known = [name for name, _ in given.answers]
    first = min((known.index(name) for name in names if name in known), default=0)
    return frozenset(name for name, shape in given.answers[:first] if _is_plain(source, name, shape))


def form(node: _Block) -> str:
    """Return what parameters a function takes: how many, with defaults, by keyword alone, and whether any number."""
    if isinstance(node, ast.ClassDef):
        return "class"
    taken = node.args
    extra = bool(taken.vararg) + bool(taken.kwarg)
    return f"{len(taken.posonlyargs) + len(taken.args)} {len(taken.defaults)} {len(taken.kwonlyargs)} {extra}"


def _is_plain(source: ParsedSource, name: str, shape: str) -> bool:
    if source.changes.get(name):
        return False
    definitions = [binding.statement for binding in source.bindings.get(name, [])]
    return bool(definitions) and all(
        isinstance(one, ast.FunctionDef) and not one.decorator_list and form(one) == shape for one in definitions
    )


def _is_asked(node: _Block) -> bool:
    """Whether the stub leaves something in a definition to be written."""
    return any(isinstance(one, ast.Raise) and "NotImplementedError" in ast.dump(one) for one in ast.walk(node))


def _keyed(body: Sequence[ast.stmt], scope: str) -> Iterator[tuple[ast.stmt, str]]:
    """Yield the statements of a block, and those in them, each with a key of what it says and where it stands."""
    for statement in body:
        yield statement, hashlib.sha256(f"{scope}\0{ast.dump(statement)}".encode()).hexdigest()[:16]
        inner = f"{scope}.{statement.name}" if isinstance(statement, _Block) else scope
        for field in ("body", "orelse", "finalbody"):
            yield from _keyed(getattr(statement, field, ()), inner)
        for part in (*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
            yield from _keyed(part.body, inner)
