"""What tuples, lists, dicts, comprehensions and f-strings hold."""

from __future__ import annotations

import ast

from grader.engine.bans.containers import held_in, items_of, make_box, make_tuple
from grader.engine.bans.folding import fold_joined
from grader.engine.bans.functions import evaluate_quietly
from grader.engine.bans.machine import Frame, Machine
from grader.engine.bans.values import (
    NOTHING,
    PLAIN,
    STRANGE,
    Tup,
    Value,
    constant,
    is_literal,
    join,
    strings,
)

MOST_LITERALS = 16
"""Longest list of literals whose order is remembered, for `"".join`."""


def read_tuple(machine: Machine, node: ast.Tuple, frame: Frame) -> Value:
    if any(isinstance(item, ast.Starred) for item in node.elts):
        return make_box(machine, "iterator", node, _held(machine, node.elts, frame))
    return make_tuple(machine, tuple(machine.evaluate(item, frame) for item in node.elts), node)


def read_list(machine: Machine, node: ast.List | ast.Set, frame: Frame) -> Value:
    made = make_box(machine, "set" if isinstance(node, ast.Set) else "list", node, _held(machine, node.elts, frame))
    literals = [constant(item.value) for item in node.elts if isinstance(item, ast.Constant)]
    if isinstance(node, ast.List) and len(literals) == len(node.elts) <= MOST_LITERALS:
        machine.put(frozenset({Tup(tuple(literals))}), "literal", id(node))
    return made


def _held(machine: Machine, items: list[ast.expr], frame: Frame) -> Value:
    held = []
    for item in items:
        if isinstance(item, ast.Starred):
            held.append(items_of(machine, machine.evaluate(item.value, frame), item))
        else:
            held.append(machine.evaluate(item, frame))
    return join(held)


def read_dict(machine: Machine, node: ast.Dict, frame: Frame) -> Value:
    keys, held = NOTHING, NOTHING
    for key, item in zip(node.keys, node.values, strict=True):
        value = machine.evaluate(item, frame)
        if key is None:
            held |= held_in(machine, value, item)
            keys |= items_of(machine, value, item)
        else:
            held |= value
            keys |= evaluate_quietly(machine, key, frame)
    return make_box(machine, "dict", node, held, keys)


_Comprehension = ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp


def read_comprehension(machine: Machine, node: _Comprehension, frame: Frame) -> Value:
    inner = machine.frame((frame.index, id(node)), node, frame, frame.position)
    inner.bound = set()
    for generator in node.generators:
        source = machine.evaluate(generator.iter, inner)
        machine.bind_target(generator.target, items_of(machine, source, generator.iter), inner)
        for test in generator.ifs:
            machine.evaluate(test, inner)
    inner.bound = set(inner.variables)
    keys = machine.evaluate(node.key, inner) if isinstance(node, ast.DictComp) else NOTHING
    held = machine.evaluate(node.value if isinstance(node, ast.DictComp) else node.elt, inner)
    kinds: dict[type[ast.expr], str] = {ast.ListComp: "list", ast.SetComp: "set", ast.DictComp: "dict"}
    return make_box(machine, kinds.get(type(node), "iterator"), node, held, keys)


def read_formatted(machine: Machine, node: ast.JoinedStr, frame: Frame) -> Value:
    parts = [_read_part(machine, part, frame) for part in node.values]
    words = [strings(part) for part in parts]
    if all(word is not None and len(word) == 1 for word in words):
        return fold_joined("", [word[0] for word in words if word])
    return STRANGE if all(is_literal(part) for part in parts) else PLAIN


def _read_part(machine: Machine, part: ast.expr, frame: Frame) -> Value:
    """A piece of an f-string; one that is formatted is not followed: its width may be anything."""
    if not isinstance(part, ast.FormattedValue):
        return machine.evaluate(part, frame)
    value = machine.evaluate(part.value, frame)
    if part.format_spec is not None:
        machine.evaluate(part.format_spec, frame)
    if part.format_spec is None and part.conversion < 0:
        return value
    return STRANGE if is_literal(value) else PLAIN
