"""Makes the mutants of an assignment's reference, the same ones every time."""

from __future__ import annotations

import ast
import dataclasses
import difflib
import hashlib
import types
import warnings
from collections.abc import Iterable, Iterator, Sequence

from grader.authoring.exercises import Exercise
from grader.publishing.mutants.changes import Site, spliced
from grader.publishing.mutants.kinds import KINDS
from grader.publishing.mutants.regions import Definition, definitions, users
from grader.records.errors import AuthorError


@dataclasses.dataclass(frozen=True)
class Mutant:
    """The reference with one thing changed."""

    assignment: str
    exercises: tuple[Exercise, ...]
    """Those that can notice: their names lead to what was changed."""
    defines: str
    """The function or class that was changed."""
    kind: str
    """The key of `KINDS` that made it."""
    cell: int
    before: str
    after: str
    """The changed cell, whole."""
    line: int
    """The first line that differs, counted in the cell from 1."""

    @property
    def old(self) -> str:
        """What stood there, as one line: with `new`, what `equivalent.toml` knows a mutant by."""
        return _joined(self.before, self.after)[0]

    @property
    def new(self) -> str:
        """What stands there now, as one line."""
        return _joined(self.before, self.after)[1]

    def cells(self, cells: Sequence[str]) -> tuple[str, ...]:
        """Return the reference's cells with the changed one in its place."""
        return (*cells[: self.cell], self.after, *cells[self.cell + 1 :])

    def diff(self, offset: int = 0) -> str:
        """Return the change as a unified diff; `offset` lines stand before the cell in its file."""
        lines = difflib.unified_diff(
            self.before.splitlines(), self.after.splitlines(), self.defines, f"{self.defines} ({self.kind})", "", "", 1
        )
        stripped = [line.rstrip("\n") for line in lines]
        stripped[2] = f"@@ line {self.line + offset} @@"
        return "\n".join(stripped)


def make_mutants(assignment: str, cells: Sequence[str], exercises: Iterable[Exercise]) -> list[Mutant]:
    """Return every mutant of a reference, in the order of its source.

    Each compiles, differs from the reference and from all others by more than its looks, and can be noticed by an
    exercise. Raises `AuthorError` for a solution that no exercise uses.
    """
    reached = users(cells, exercises)
    found: list[Mutant] = []
    for definition in definitions(cells):
        some = dict.fromkeys(one.id for name in definition.names for one in reached.get(name, ()))
        noticing = tuple(one for one in exercises if one.id in some)
        if not noticing:
            raise AuthorError(
                f"{assignment}: no exercise uses {', '.join(definition.names) or 'a solution at the top of a cell'}",
                hint="Ask for it in checks.py, or take it out of the solution.",
            )
        found += _mutants_of(assignment, cells[definition.cell], definition, noticing)
    return found


def sample(mutants: Sequence[Mutant], most: int) -> list[Mutant]:
    """Return at most so many mutants of each exercise, the same ones every time, rare kinds first.

    A mutant that several exercises can notice counts for the first.
    """
    chosen: list[Mutant] = []
    by_exercise: dict[str, list[Mutant]] = {}
    for mutant in mutants:
        by_exercise.setdefault(mutant.exercises[0].id, []).append(mutant)
    for some in by_exercise.values():
        seen: dict[str, int] = {}
        ranked: list[tuple[int, str, Mutant]] = []
        for mutant in sorted(some, key=_digest):
            seen[mutant.kind] = seen.get(mutant.kind, 0) + 1
            ranked.append((seen[mutant.kind], _digest(mutant), mutant))
        chosen += [mutant for _, _, mutant in sorted(ranked, key=lambda one: one[:2])[:most]]
    order = {id(mutant): number for number, mutant in enumerate(mutants)}
    return sorted(chosen, key=lambda mutant: order[id(mutant)])


def _mutants_of(
    assignment: str, cell: str, definition: Definition, exercises: tuple[Exercise, ...]
) -> Iterator[Mutant]:
    known = {_fingerprint(cell)}
    for node in definition.nodes:
        for kind, mutate in KINDS.items():
            for change in mutate(Site(node, definition.parents)):
                after = spliced(cell, change, definition.parents)
                print_ = _fingerprint(after)
                if print_ is None or print_ in known:
                    continue
                known.add(print_)
                name = definition.names[0]
                line = _first_difference(cell, after)
                yield Mutant(assignment, exercises, name, kind, definition.cell, cell, after, line)


def _fingerprint(source: str) -> bytes | None:
    """Return what identifies the code that a source compiles to, None when it does not compile."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = _Tidy().visit(ast.parse(source))
            code = compile(ast.unparse(tree), "cell", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return None
    return hashlib.sha256(repr(_content(code)).encode()).digest()


class _Tidy(ast.NodeTransformer):
    """Takes out what leaves a trace in the code but does nothing: `pass` beside other statements."""

    def generic_visit(self, node: ast.AST) -> ast.AST:
        """Tidy the bodies of a node."""
        super().generic_visit(node)
        for field in ("body", "orelse", "finalbody"):
            body = getattr(node, field, None)
            if isinstance(body, list):
                rest = [one for one in body if not isinstance(one, ast.Pass)]
                setattr(node, field, rest or ([ast.Pass()] if body and field == "body" else []))
        return node


def _content(code: types.CodeType) -> tuple[object, ...]:
    constants = tuple(_content(one) if isinstance(one, types.CodeType) else (type(one), one) for one in code.co_consts)
    names = (code.co_name, code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars, code.co_flags)
    return (code.co_code, code.co_exceptiontable, constants, names)


def _first_difference(before: str, after: str) -> int:
    pairs = zip(before.splitlines(), after.splitlines(), strict=False)
    return next((number for number, (one, other) in enumerate(pairs, 1) if one != other), 1)


def _joined(before: str, after: str) -> tuple[str, str]:
    old: list[str] = []
    new: list[str] = []
    for line in difflib.ndiff(before.splitlines(), after.splitlines()):
        if line.startswith("- "):
            old.append(line[2:].strip())
        elif line.startswith("+ "):
            new.append(line[2:].strip())
    return " ".join(old), " ".join(new)


def _digest(mutant: Mutant) -> str:
    return hashlib.sha256(f"{mutant.defines} {mutant.kind} {mutant.before}\0{mutant.after}".encode()).hexdigest()
