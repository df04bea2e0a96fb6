"""Names looked up by string: `getattr`, `vars`, `globals`, imports at run time, `attrgetter`."""

from __future__ import annotations

import ast
from collections.abc import Callable

from grader.engine.bans import escapes
from grader.engine.bans.containers import (
    hidden_member,
    split_names,
)
from grader.engine.bans.machine import Arguments, Machine
from grader.engine.bans.module import imported
from grader.engine.bans.values import (
    NOTHING,
    PLAIN,
    UNKNOWN,
    ForeignName,
    Func,
    Getter,
    Instance,
    Klass,
    Namespace,
    TorchName,
    Value,
    is_literal,
    join,
    strings,
)

_Handler = Callable[[Machine, Arguments, ast.AST], Value]


def read_getattr(machine: Machine, args: Arguments, node: ast.AST) -> Value:
    if len(args.positional) < 2:
        return UNKNOWN
    owner, name = args.positional[:2]
    found = args.positional[2] if len(args.positional) > 2 else NOTHING
    words, rest = split_names(name)
    found |= join(machine.attribute(owner, word, node, False) for word in words)
    for atom in owner if rest else ():
        found |= hidden_member(machine, atom, rest, node)
    return found


def read_setattr(machine: Machine, args: Arguments, node: ast.AST) -> Value:
    if len(args.positional) == 3:
        owner, name, value = args.positional
        for word in strings(name) or ():
            store_attribute(machine, owner, word, value)
    return PLAIN


def store_attribute(machine: Machine, owner: Value, name: str, value: Value) -> None:
    """`owner.name = value`."""
    for atom in owner:
        if isinstance(atom, Instance):
            machine.put(value, "instance", atom.klass.node, name)
        elif isinstance(atom, Klass | Func):
            machine.put(value, "attribute", atom.node, name)
        elif isinstance(atom, TorchName):
            machine.put(value, "patch", name)
        elif isinstance(atom, ForeignName):
            escapes.store(machine, atom, name, value)


def read_vars(machine: Machine, args: Arguments, node: ast.AST) -> Value:
    if not args.positional:
        return frozenset({Namespace(None)})
    return frozenset(Namespace(atom) for atom in args.first())


def read_globals(machine: Machine, args: Arguments, node: ast.AST) -> Value:
    return frozenset({Namespace(None)})


def read_import(machine: Machine, args: Arguments, node: ast.AST) -> Value:
    words = strings(args.first())
    if words is None:
        machine.hides("import with a computed name", node)
        return UNKNOWN
    return join(imported(word) for word in words)


def read_dunder_import(machine: Machine, args: Arguments, node: ast.AST) -> Value:
    words = strings(args.first())
    if words is None:
        machine.hides("import with a computed name", node)
        return UNKNOWN
    return join(imported(word.partition(".")[0]) for word in words)


def read_getter(kind: str) -> _Handler:
    def make(machine: Machine, args: Arguments, node: ast.AST) -> Value:
        chosen = args.positional if kind == "attrgetter" else args.positional[:1]
        words = [strings(value) for value in chosen]
        if any(word is None for word in words):
            if kind == "methodcaller" or any(is_literal(value) for value in chosen):
                machine.hides(f"{kind} with a computed name", node)
            return UNKNOWN
        return frozenset({Getter(kind, tuple(name for word in words for name in word or ()))})

    return make


def call_getter(machine: Machine, getter: Getter, args: Arguments, node: ast.AST) -> Value:
    """Call what `attrgetter` or `methodcaller` made."""
    found = []
    for name in getter.names:
        value = args.first()
        for part in name.split("."):
            value = machine.attribute(value, part, node, True)
        found.append(machine.call(value, Arguments(rest=UNKNOWN), node) if getter.kind == "methodcaller" else value)
    return join(found)
