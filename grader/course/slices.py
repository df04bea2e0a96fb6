"""Which part of an author's file can matter to one exercise: all of it but what declares other exercises."""

from __future__ import annotations

import ast
import dataclasses
import functools
import hashlib

_DYNAMIC = frozenset({"globals", "vars", "locals", "eval", "exec", "dir", "__import__"})
"""Names with which a file may reach what it does not name."""


@dataclasses.dataclass(frozen=True)
class _Part:
    """A statement at the top of a file."""

    owner: str | None
    """The exercise that it declares something of; None where it may be everybody's."""
    defines: str
    uses: frozenset[str]
    digest: bytes
    """Of what it says; comments and line numbers do not count."""


def part_for(source: str, exercise: str) -> bytes:
    """Return a digest of what of a checks.py, hidden.py or mistakes.py can matter to the exercise of this name.

    That is the file without the calls and decorated functions that declare probes, laws and mistakes of other
    exercises, unless something that is left names them.

    >>> text = "@exercise(1)\\ndef a(s): ...\\n@exercise(1)\\ndef b(s): ...\\n@b.law('')\\ndef _(e, o): ..."
    >>> part_for(text, "a") == part_for(text.replace("def b(s)", "def b(s, t)"), "a") != part_for(text, "b")
    True
    """
    parts = _parts(source)
    kept = [one.owner in (None, exercise) for one in parts]
    names = {name for one, is_kept in zip(parts, kept, strict=True) if is_kept for name in one.uses}
    everything = bool(names & _DYNAMIC)
    while not everything:
        needed = [place for place, one in enumerate(parts) if not kept[place] and one.defines in names]
        if not needed:
            break
        for place in needed:
            kept[place] = True
            names |= parts[place].uses
    chosen = [one.digest for one, is_kept in zip(parts, kept, strict=True) if is_kept or everything]
    return hashlib.sha256(b"".join(chosen)).digest()


@functools.lru_cache(maxsize=64)
def _parts(source: str) -> tuple[_Part, ...]:
    owners: dict[str, str] = {}
    found = []
    for statement in ast.parse(source).body:
        name = statement.name if isinstance(statement, ast.FunctionDef | ast.ClassDef) else _called_into(statement)
        owner = _owner_of(statement, owners)
        if owner is not None:
            owners[name] = owner
        nodes = [node for node in ast.walk(statement) if isinstance(node, ast.Name)]
        uses = frozenset(node.id for node in nodes if isinstance(node.ctx, ast.Load))
        digest = hashlib.sha256(ast.dump(statement).encode("utf-8", "surrogatepass")).digest()
        found.append(_Part(owner, name, uses, digest))
    return tuple(found)


def _called_into(statement: ast.stmt) -> str:
    """Return the name of an exercise that `call` makes, as in `outer = call(...)`; empty for anything else."""
    match statement:
        case ast.Assign([ast.Name(name)], ast.Call(ast.Name("call") | ast.Attribute(_, "call"))):
            return name
    return ""


def _owner_of(statement: ast.stmt, owners: dict[str, str]) -> str | None:
    if name := _called_into(statement):
        return name
    if not isinstance(statement, ast.FunctionDef | ast.ClassDef) or not statement.decorator_list:
        return None
    owned_by = {_declared(decorator, statement.name, owners) for decorator in statement.decorator_list}
    return owned_by.pop() if len(owned_by) == 1 else None


def _declared(decorator: ast.expr, defined: str, owners: dict[str, str]) -> str | None:
    """Return the exercise that a decorator adds something to, where that is plain."""
    if not isinstance(decorator, ast.Call):
        return None
    match decorator.func, decorator.args:
        case ast.Name("exercise") | ast.Attribute(_, "exercise"), _:
            return defined
        case ast.Name("further" | "mistake"), [ast.Constant(str(name)), *_]:
            return name.rpartition(".")[2]
        case ast.Attribute(ast.Name(name), "also" | "law"), _:
            return owners.get(name)
        case _:
            return None
