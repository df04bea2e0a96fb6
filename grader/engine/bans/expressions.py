"""What an expression may be."""

from __future__ import annotations

import ast
from collections.abc import Callable

from grader.engine.bans import displays, folding
from grader.engine.bans.attributes import note_hidden, note_torch
from grader.engine.bans.containers import held_in, item_of, items_of, make_box
from grader.engine.bans.functions import evaluate_quietly, make_function
from grader.engine.bans.machine import Arguments, Frame, Machine
from grader.engine.bans.module import find_name
from grader.engine.bans.operators import combine, mixed
from grader.engine.bans.values import (
    NOTHING,
    PLAIN,
    STRANGE,
    UNKNOWN,
    Const,
    Container,
    ForeignName,
    Instance,
    Kind,
    Namespace,
    Super,
    Tup,
    Value,
    constant,
    join,
    strings,
)


def evaluate(machine: Machine, node: ast.expr, frame: Frame) -> Value:
    """Return what an expression may be, and note what of torch's it names."""
    machine.step()
    handler = _HANDLERS.get(type(node))
    if handler is not None:
        return handler(machine, node, frame)
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            machine.evaluate(child, frame)
    return UNKNOWN


def _constant(machine: Machine, node: ast.Constant, frame: Frame) -> Value:
    return constant(node.value)


def _name(machine: Machine, node: ast.Name, frame: Frame) -> Value:
    return _load(machine, node, frame, called=False)


def _attribute(machine: Machine, node: ast.Attribute, frame: Frame) -> Value:
    return _load(machine, node, frame, called=False)


def _subscript(machine: Machine, node: ast.Subscript, frame: Frame) -> Value:
    return _load(machine, node, frame, called=False)


def _load(machine: Machine, node: ast.expr, frame: Frame, called: bool) -> Value:
    """An expression that is only looked at, or about to be called."""
    if isinstance(node, ast.Name):
        value = find_name(machine, node.id, frame)
        note_torch(machine, value, node, called)
        note_hidden(machine, value, node, called)
        return value
    if isinstance(node, ast.Attribute):
        return machine.attribute(machine.evaluate(node.value, frame), node.attr, node, called)
    if isinstance(node, ast.Subscript):
        owner = machine.evaluate(node.value, frame)
        value = item_of(machine, owner, machine.evaluate(node.slice, frame), node, called)
        if isinstance(node.slice, ast.Slice):
            value = _sliced(owner, value, node)
        note_torch(machine, value, node, called)
        return value
    return machine.evaluate(node, frame)


def _sliced(owner: Value, item: Value, node: ast.Subscript) -> Value:
    kept = frozenset(atom for atom in owner if isinstance(atom, Container | Tup))
    texts = strings(owner)
    if texts and len(texts) == 1:
        bounds = (node.slice.lower, node.slice.upper, node.slice.step) if isinstance(node.slice, ast.Slice) else ()
        try:
            chosen = [None if bound is None else ast.literal_eval(bound) for bound in bounds]
        except ValueError:
            return STRANGE
        return folding.fold_slice(texts[0], chosen)
    rest = item if len(kept) < len(owner) else NOTHING
    return kept | rest


def _call(machine: Machine, node: ast.Call, frame: Frame) -> Value:
    if isinstance(node.func, ast.Name) and node.func.id == "super" and not node.args:
        return _super(machine, frame)
    func = _load(machine, node.func, frame, called=True)
    tests_types = ForeignName("builtins.isinstance") in func or ForeignName("builtins.issubclass") in func
    args = _arguments(machine, node, frame, tests_types)
    if ForeignName("builtins.locals") in func:
        return frozenset({Namespace(None)})
    return machine.call(func, args, node)


def _arguments(machine: Machine, node: ast.Call, frame: Frame, tests_types: bool) -> Arguments:
    positional: list[Value] = []
    rest = NOTHING
    for number, argument in enumerate(node.args):
        if isinstance(argument, ast.Starred):
            rest |= items_of(machine, machine.evaluate(argument.value, frame), argument)
        elif tests_types and number == 1:
            positional.append(evaluate_quietly(machine, argument, frame))
        elif rest:
            rest |= machine.evaluate(argument, frame)
        else:
            positional.append(machine.evaluate(argument, frame))
    keywords: dict[str, Value] = {}
    for keyword in node.keywords:
        value = machine.evaluate(keyword.value, frame)
        if keyword.arg is None:
            rest |= held_in(machine, value, keyword.value)
        else:
            keywords[keyword.arg] = value
    return Arguments(tuple(positional), keywords, rest)


def _super(machine: Machine, frame: Frame) -> Value:
    """`super()`: the class in whose body the method stands, and the method's first argument."""
    scope: Frame | None = frame
    while scope is not None:
        owner = machine.owners.get(id(scope.node))
        if owner is not None and isinstance(scope.node, ast.FunctionDef | ast.AsyncFunctionDef):
            parameters = [*scope.node.args.posonlyargs, *scope.node.args.args]
            first = scope.history.get(parameters[0].arg, NOTHING) if parameters else NOTHING
            return frozenset(Super(owner, atom) for atom in first if not isinstance(atom, Kind)) or frozenset(
                {Super(owner, Instance(owner))}
            )
        scope = scope.parent
    return UNKNOWN


def _binary(machine: Machine, node: ast.BinOp, frame: Frame) -> Value:
    left, right = machine.evaluate(node.left, frame), machine.evaluate(node.right, frame)
    return combine(machine, node.op, left, right, node)


def _unary(machine: Machine, node: ast.UnaryOp, frame: Frame) -> Value:
    value = machine.evaluate(node.operand, frame)
    if isinstance(node.op, ast.Not):
        return PLAIN
    if isinstance(node.op, ast.USub) and len(value) == 1:
        (atom,) = value
        if isinstance(atom, Const) and isinstance(atom.value, int):
            return constant(-atom.value)
    return value


def _compare(machine: Machine, node: ast.Compare, frame: Frame) -> Value:
    """A comparison; names of classes in it are only compared with, not used."""
    sides = [_compared(machine, side, frame) for side in (node.left, *node.comparators)]
    if all(isinstance(op, ast.Is | ast.IsNot | ast.In | ast.NotIn) for op in node.ops):
        return PLAIN
    return mixed(join(sides))


def _compared(machine: Machine, node: ast.expr, frame: Frame) -> Value:
    parts = node.elts if isinstance(node, ast.Tuple | ast.List | ast.Set) else [node]
    if all(isinstance(part, ast.Name | ast.Attribute) for part in parts):
        return evaluate_quietly(machine, node, frame)
    return machine.evaluate(node, frame)


def _boolean(machine: Machine, node: ast.BoolOp, frame: Frame) -> Value:
    return join(machine.evaluate(value, frame) for value in node.values)


def _conditional(machine: Machine, node: ast.IfExp, frame: Frame) -> Value:
    machine.evaluate(node.test, frame)
    return machine.evaluate(node.body, frame) | machine.evaluate(node.orelse, frame)


def _lambda(machine: Machine, node: ast.Lambda, frame: Frame) -> Value:
    made = make_function(machine, node, frame)
    return frozenset(made)


def _walrus(machine: Machine, node: ast.NamedExpr, frame: Frame) -> Value:
    value = machine.evaluate(node.value, frame)
    scope = frame
    while isinstance(scope.node, ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) and scope.parent:
        scope = scope.parent
    machine.bind_target(node.target, value, scope)
    if scope is not frame:
        machine.assign(frame, node.target.id, value)
    return value


def _yield(machine: Machine, node: ast.Yield | ast.YieldFrom | ast.Await, frame: Frame) -> Value:
    value = machine.evaluate(node.value, frame) if node.value else NOTHING
    if isinstance(node, ast.Await):
        return value
    if isinstance(node, ast.YieldFrom):
        value = items_of(machine, value, node)
    scope = frame
    while not isinstance(scope.node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) and scope.parent:
        scope = scope.parent
    scope.returns |= make_box(machine, "iterator", scope.node, value)
    return UNKNOWN


def _starred(machine: Machine, node: ast.Starred, frame: Frame) -> Value:
    return items_of(machine, machine.evaluate(node.value, frame), node)


def _slice(machine: Machine, node: ast.Slice, frame: Frame) -> Value:
    for bound in (node.lower, node.upper, node.step):
        if bound is not None:
            machine.evaluate(bound, frame)
    return PLAIN


_HANDLERS: dict[type[ast.expr], Callable[..., Value]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Subscript: _subscript,
    ast.Call: _call,
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.Compare: _compare,
    ast.BoolOp: _boolean,
    ast.IfExp: _conditional,
    ast.Lambda: _lambda,
    ast.Tuple: displays.read_tuple,
    ast.List: displays.read_list,
    ast.Set: displays.read_list,
    ast.Dict: displays.read_dict,
    **dict.fromkeys((ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp), displays.read_comprehension),
    ast.JoinedStr: displays.read_formatted,
    ast.NamedExpr: _walrus,
    **dict.fromkeys((ast.Yield, ast.YieldFrom, ast.Await), _yield),
    ast.Starred: _starred,
    ast.Slice: _slice,
}
