"""What an expression may be."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable

from grader.source.atoms import (
    NOTHING,
    PLAIN,
    STRANGE,
    TENSOR,
    TENSOR_ATOM,
    UNKNOWN,
    Box,
    Const,
    Foreign,
    Func,
    Instance,
    Mark,
    Names,
    Super,
    Torch,
    Tup,
    Value,
    constant,
    is_literal,
    join,
    may_be_tensor,
    strings,
)
from grader.source.attributes import note_hidden, note_torch
from grader.source.containers import folded, held_in, item_of, items_of, make_box, make_tuple
from grader.source.machine import Arguments, Frame, Machine
from grader.source.module import find_name
from grader.source.parsed import AFTER_ALL

_BINARY: dict[type[ast.operator], Callable[[object, object], object]] = {
    ast.Add: operator.add,
    ast.Mult: operator.mul,
    ast.Mod: operator.mod,
    ast.Sub: operator.sub,
    ast.FloorDiv: operator.floordiv,
}


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
    kept = frozenset(atom for atom in owner if isinstance(atom, Box | Tup))
    texts = strings(owner)
    if texts and len(texts) == 1:
        bounds = (node.slice.lower, node.slice.upper, node.slice.step) if isinstance(node.slice, ast.Slice) else ()
        try:
            chosen = [None if bound is None else ast.literal_eval(bound) for bound in bounds]
        except ValueError:
            return STRANGE
        return folded(lambda: texts[0][slice(*chosen)])
    rest = item if len(kept) < len(owner) else NOTHING
    return kept | rest


def _call(machine: Machine, node: ast.Call, frame: Frame) -> Value:
    if isinstance(node.func, ast.Name) and node.func.id == "super" and not node.args:
        return _super(machine, frame)
    func = _load(machine, node.func, frame, called=True)
    tests_types = Foreign("builtins.isinstance") in func or Foreign("builtins.issubclass") in func
    args = _arguments(machine, node, frame, tests_types)
    if Foreign("builtins.locals") in func:
        return frozenset({Names(None)})
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


def evaluate_quietly(machine: Machine, node: ast.expr, frame: Frame) -> Value:
    """Evaluate what is only compared with, such as the class in `isinstance(m, nn.Linear)`."""
    if any(isinstance(inner, ast.Call) for inner in ast.walk(node)):
        return machine.evaluate(node, frame)
    machine.quiet += 1
    value = machine.evaluate(node, frame)
    machine.quiet -= 1
    return value


def _super(machine: Machine, frame: Frame) -> Value:
    """`super()`: the class in whose body the method stands, and the method's first argument."""
    scope: Frame | None = frame
    while scope is not None:
        owner = machine.owners.get(id(scope.node))
        if owner is not None and isinstance(scope.node, ast.FunctionDef | ast.AsyncFunctionDef):
            parameters = [*scope.node.args.posonlyargs, *scope.node.args.args]
            first = scope.history.get(parameters[0].arg, NOTHING) if parameters else NOTHING
            return frozenset(Super(owner, atom) for atom in first if not isinstance(atom, Mark)) or frozenset(
                {Super(owner, Instance(owner))}
            )
        scope = scope.parent
    return UNKNOWN


def _binary(machine: Machine, node: ast.BinOp, frame: Frame) -> Value:
    left, right = machine.evaluate(node.left, frame), machine.evaluate(node.right, frame)
    return combine(machine, node.op, left, right, node)


def combine(machine: Machine, op: ast.operator, left: Value, right: Value, node: ast.AST) -> Value:
    """What a binary operator may give."""
    if not left or not right:
        return NOTHING
    compute = _BINARY.get(type(op))
    if compute is not None and len(left) == len(right) == 1:
        (one,), (other,) = left, right
        if isinstance(one, Const) and isinstance(other, Const):
            return folded(lambda: compute(one.value, other.value)) if _is_small(one, other) else STRANGE
        if isinstance(one, Tup) and isinstance(other, Tup) and isinstance(op, ast.Add):
            return make_tuple(machine, one.items + other.items, node)
    if is_literal(left) and is_literal(right):
        return STRANGE
    either = left | right
    if any(isinstance(atom, Box | Tup) for atom in either) and isinstance(op, ast.Add | ast.Mult | ast.BitOr):
        return _concatenated(machine, either, isinstance(op, ast.Mult), node)
    if isinstance(op, ast.Mod) and strings(left) is not None:
        return PLAIN
    return _mixed(either)


def _concatenated(machine: Machine, values: Value, repeated: bool, node: ast.AST) -> Value:
    """A container made of others; with `*` the other side is only a number."""
    parts = [atom for atom in values if isinstance(atom, Box | Tup) or (isinstance(atom, Mark) and not repeated)]
    held = join(held_in(machine, frozenset({atom}), node) for atom in parts)
    kinds = sorted(atom.kind for atom in parts if isinstance(atom, Box))
    return make_box(machine, kinds[0] if kinds else "iterator", node, held)


def _mixed(values: Value) -> Value:
    """The kind of a number-like result: a tensor as soon as one side may be one."""
    if TENSOR_ATOM in values:
        return TENSOR
    data = frozenset(atom for atom in values if not isinstance(atom, Torch))  # torch.inf and the like
    return UNKNOWN if may_be_tensor(data) else PLAIN


def _is_small(one: Const, other: Const) -> bool:
    return not any(isinstance(atom.value, int) and abs(atom.value) > 10_000 for atom in (one, other))


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
    return _mixed(join(sides))


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


def _lambda(machine: Machine, node: ast.Lambda, frame: Frame) -> Value:
    made = make_function(machine, node, frame)
    return frozenset(made)


def _tuple(machine: Machine, node: ast.Tuple, frame: Frame) -> Value:
    if any(isinstance(item, ast.Starred) for item in node.elts):
        return make_box(machine, "iterator", node, _held(machine, node.elts, frame))
    return make_tuple(machine, tuple(machine.evaluate(item, frame) for item in node.elts), node)


def _list(machine: Machine, node: ast.List | ast.Set, frame: Frame) -> Value:
    return make_box(machine, "set" if isinstance(node, ast.Set) else "list", node, _held(machine, node.elts, frame))


def _held(machine: Machine, items: list[ast.expr], frame: Frame) -> Value:
    held = []
    for item in items:
        if isinstance(item, ast.Starred):
            held.append(items_of(machine, machine.evaluate(item.value, frame), item))
        else:
            held.append(machine.evaluate(item, frame))
    return join(held)


def _dict(machine: Machine, node: ast.Dict, frame: Frame) -> Value:
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


def _comprehension(machine: Machine, node: _Comprehension, frame: Frame) -> Value:
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


def _formatted(machine: Machine, node: ast.JoinedStr, frame: Frame) -> Value:
    parts: list[Value] = []
    for part in node.values:
        value = machine.evaluate(part.value if isinstance(part, ast.FormattedValue) else part, frame)
        parts.append(value)
    words = [strings(part) for part in parts]
    if all(word is not None and len(word) == 1 for word in words):
        return constant("".join(word[0] for word in words if word))
    return STRANGE if all(is_literal(part) for part in parts) else PLAIN


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
    ast.Tuple: _tuple,
    ast.List: _list,
    ast.Set: _list,
    ast.Dict: _dict,
    **dict.fromkeys((ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp), _comprehension),
    ast.JoinedStr: _formatted,
    ast.NamedExpr: _walrus,
    **dict.fromkeys((ast.Yield, ast.YieldFrom, ast.Await), _yield),
    ast.Starred: _starred,
    ast.Slice: _slice,
}
