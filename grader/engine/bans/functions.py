"""Functions as they are made: their defaults, and what they close over."""

from __future__ import annotations

import ast

from grader.engine.bans.machine import Frame, Machine
from grader.engine.bans.parsed import AFTER_ALL
from grader.engine.bans.values import (
    Func,
    Value,
)


def evaluate_quietly(machine: Machine, node: ast.expr, frame: Frame) -> Value:
    """Evaluate what is only compared with, such as the class in `isinstance(m, nn.Linear)`."""
    if any(isinstance(inner, ast.Call) for inner in ast.walk(node)):
        return machine.evaluate(node, frame)
    machine.quiet += 1
    value = machine.evaluate(node, frame)
    machine.quiet -= 1
    return value


def make_function(
    machine: Machine, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, frame: Frame
) -> frozenset[Func]:
    """A function made here; its defaults are evaluated now."""
    site = id(node)
    machine.nodes[site] = node
    parameters = node.args
    named = [*parameters.posonlyargs, *parameters.args]
    defaults = list(zip(named[len(named) - len(parameters.defaults) :], parameters.defaults, strict=True))
    defaults += [
        (one, value) for one, value in zip(parameters.kwonlyargs, parameters.kw_defaults, strict=True) if value
    ]
    for parameter, default in defaults:
        machine.put(evaluate_quietly(machine, default, frame), "default", site, parameter.arg)
    return frozenset({Func(site, enclosing(frame))})


def enclosing(frame: Frame) -> int:
    """The frame that a function made here closes over: classes and the module level are skipped."""
    scope: Frame | None = frame
    while scope is not None and (scope.position < AFTER_ALL or isinstance(scope.node, ast.ClassDef)):
        if scope.parent is None:
            return -1
        scope = scope.parent
    return scope.index if scope is not None else -1
