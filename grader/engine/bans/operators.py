"""What a binary operator gives."""

from __future__ import annotations

import ast

from grader.engine.bans.containers import held_in, make_box, make_tuple
from grader.engine.bans.folding import fold
from grader.engine.bans.machine import Machine
from grader.engine.bans.values import (
    NOTHING,
    PLAIN,
    STRANGE,
    TENSOR,
    TENSOR_ATOM,
    UNKNOWN,
    Const,
    Container,
    Kind,
    TorchName,
    Tup,
    Value,
    is_literal,
    join,
    may_be_tensor,
    strings,
)


def combine(machine: Machine, op: ast.operator, left: Value, right: Value, node: ast.AST) -> Value:
    """What a binary operator may give."""
    if not left or not right:
        return NOTHING
    if len(left) == len(right) == 1:
        (one,), (other,) = left, right
        if isinstance(one, Const) and isinstance(other, Const):
            return fold(type(op).__name__, one.value, other.value)
        if isinstance(one, Tup) and isinstance(other, Tup) and isinstance(op, ast.Add):
            return make_tuple(machine, one.items + other.items, node)
    if is_literal(left) and is_literal(right):
        return STRANGE
    either = left | right
    if any(isinstance(atom, Container | Tup) for atom in either) and isinstance(op, ast.Add | ast.Mult | ast.BitOr):
        return _concatenated(machine, either, isinstance(op, ast.Mult), node)
    if isinstance(op, ast.Mod) and strings(left) is not None:
        return PLAIN
    return mixed(either)


def _concatenated(machine: Machine, values: Value, repeated: bool, node: ast.AST) -> Value:
    """A container made of others; with `*` the other side is only a number."""
    parts = [atom for atom in values if isinstance(atom, Container | Tup) or (isinstance(atom, Kind) and not repeated)]
    held = join(held_in(machine, frozenset({atom}), node) for atom in parts)
    kinds = sorted(atom.kind for atom in parts if isinstance(atom, Container))
    return make_box(machine, kinds[0] if kinds else "iterator", node, held)


def mixed(values: Value) -> Value:
    """The kind of a number-like result: a tensor as soon as one side may be one."""
    if TENSOR_ATOM in values:
        return TENSOR
    data = frozenset(atom for atom in values if not isinstance(atom, TorchName))  # torch.inf and the like
    return UNKNOWN if may_be_tensor(data) else PLAIN
