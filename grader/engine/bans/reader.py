"""Reads what an exercise reaches in a submission: the parts of the reader put together."""

from __future__ import annotations

import ast
import contextlib
import functools
from collections.abc import Sequence

from grader.engine.bans import attributes, calls, expressions, statements
from grader.engine.bans.classes import methods
from grader.engine.bans.escapes import handing
from grader.engine.bans.findings import TOO_INTRICATE
from grader.engine.bans.machine import Machine, TooIntricate
from grader.engine.bans.module import apply_patches, look_up
from grader.engine.bans.parsed import ParsedSource
from grader.engine.bans.values import UNKNOWN, Func, Instance, Klass, Value

MOST_ROUNDS = 8
_WIDE_ROUNDS = 3


def read(source: ParsedSource, names: Sequence[str], others: frozenset[str] = frozenset()) -> Machine:
    """Follow the code that the named functions and classes can reach; return what it references.

    Functions whose names are in `others` are not followed.

    Reading repeats until nothing new is learnt: an attribute may be set further down than it is read.
    """
    machine = assemble(source, others=others)
    try:
        _read_until_stable(machine, names)
    except TooIntricate:
        machine = assemble(source, coarse=True, others=others)
        _read_coarsely(machine, names)
    except RecursionError:
        _give_up(machine, machine.place)
    return machine


def _read_coarsely(machine: Machine, names: Sequence[str]) -> None:
    try:
        _read_until_stable(machine, names)
    except RecursionError:
        _give_up(machine, machine.place)
    except TooIntricate:
        _give_up(machine, max(machine.spent, key=machine.spent.__getitem__))


def read_handed(source: ParsedSource, names: Sequence[str], others: frozenset[str] = frozenset()) -> Machine:
    """Follow what the submission hands to somebody else, wherever it does so; return what that references.

    It may be called while an exercise runs, though nothing of the exercise calls it. What cannot be followed is left
    out: this reading only tells.
    """
    machine = assemble(source, others=others, wide=True)
    with contextlib.suppress(TooIntricate, RecursionError):
        for _ in range(_WIDE_ROUNDS):
            machine.start_round()
            machine.quiet = 1
            apply_patches(machine)
            for name in names:
                _read_entry(machine, name)
            for position, statement in handing(source.body):
                machine.execute([statement], machine.frame(("handing", id(statement)), statement, None, position))
            if not machine.stale:
                break
    return machine


def _read_until_stable(machine: Machine, names: Sequence[str]) -> None:
    for _ in range(MOST_ROUNDS):
        machine.start_round()
        apply_patches(machine)
        for name in (*names, *_looked_into(machine.source)):
            _read_entry(machine, name)
        if machine.stale:
            continue
        if machine.missing_is_unknown or not machine.missed:
            return
        machine.missing_is_unknown = True


def _looked_into(source: ParsedSource) -> list[str]:
    """The names of modules beside that are passed on or looked into: each of them may be reached."""
    return [name for name in source.bindings if name.partition(":")[0] in source.hidden and ":" in name]


def _give_up(machine: Machine, place: ast.AST) -> None:
    """Note that the source could not be read to its end: it nests too deeply at a place, or most was spent there."""
    machine.quiet = 0
    machine.hides(TOO_INTRICATE.what, place)


def assemble(
    source: ParsedSource, coarse: bool = False, others: frozenset[str] = frozenset(), *, wide: bool = False
) -> Machine:
    """Return a machine whose parts know each other."""
    machine = Machine(source, coarse, others, wide)
    machine.hand_over = functools.partial(calls.hand_over, machine)
    machine.evaluate = functools.partial(expressions.evaluate, machine)
    machine.call = functools.partial(calls.call, machine)
    machine.attribute = functools.partial(attributes.attribute, machine)
    machine.execute = functools.partial(statements.execute, machine)
    machine.bind_statement = functools.partial(statements.bind_statement, machine)
    machine.bind_target = functools.partial(statements.bind_target, machine)
    return machine


def _read_entry(machine: Machine, name: str) -> None:
    node = ast.Pass(lineno=1)
    value = look_up(machine, name)
    for binding in machine.source.bindings.get(name, ()):
        node.lineno = getattr(binding.statement, "lineno", 1)
    attributes.note_torch(machine, value, node, False)
    _use(machine, value, node, depth=3)
    calls.read_pending(machine, node)


def _use(machine: Machine, value: Value, node: ast.AST, depth: int) -> None:
    """Use a value as somebody from outside may: call functions, and what they return; make and use instances."""
    for atom in value:
        if isinstance(atom, Klass):
            calls.call_with_anything(machine, atom, node)
            instance = Instance(atom)
            for _, func in list(methods(machine, atom)):
                calls.call_method_with_anything(machine, instance, func)
        elif isinstance(atom, Func) or not isinstance(atom, Instance):
            result = calls.call_with_anything(machine, atom, node) if depth else UNKNOWN
            if depth and result != value:
                _use_result(machine, result, node, depth - 1)


def _use_result(machine: Machine, value: Value, node: ast.AST, depth: int) -> None:
    """What an exercise returns may be called in turn: a function it made."""
    functions = frozenset(atom for atom in value if isinstance(atom, Func | Klass))
    if functions:
        _use(machine, functions, node, depth)
