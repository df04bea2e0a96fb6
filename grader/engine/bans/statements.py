"""What statements bind, in the order in which they run."""

from __future__ import annotations

import ast

from grader.engine.bans import escapes
from grader.engine.bans.annotations import annotated
from grader.engine.bans.containers import items_of, make_box, store_item
from grader.engine.bans.functions import evaluate_quietly, make_function
from grader.engine.bans.machine import Arguments, Frame, Machine
from grader.engine.bans.module import imported
from grader.engine.bans.operators import combine
from grader.engine.bans.parsed import AFTER_ALL
from grader.engine.bans.reflection import store_attribute
from grader.engine.bans.values import (
    NOTHING,
    PLAIN,
    UNKNOWN,
    Container,
    ForeignName,
    Func,
    Instance,
    Klass,
    Tup,
    Value,
    join,
)

_LOOP_ROUNDS = 3


def execute(machine: Machine, body: list[ast.stmt], frame: Frame) -> bool:
    """Run statements in order; return whether the end of them can be reached."""
    place = machine.place
    reached = all(_execute_one(machine, statement, frame) for statement in body)
    machine.place = place  # not so where reading is given up: there it stays what was read last
    return reached


def _execute_one(machine: Machine, statement: ast.stmt, frame: Frame) -> bool:
    machine.place = statement
    machine.step()
    if isinstance(statement, ast.If):
        return _if(machine, statement, frame)
    if isinstance(statement, ast.For | ast.AsyncFor | ast.While):
        return _loop(machine, statement, frame)
    if isinstance(statement, ast.Try | ast.TryStar):
        return _try(machine, statement, frame)
    if isinstance(statement, ast.With | ast.AsyncWith):
        _with(machine, statement, frame)
        return machine.execute(statement.body, frame)
    if isinstance(statement, ast.Match):
        return _match(machine, statement, frame)
    if isinstance(statement, ast.Return):
        if statement.value is not None:
            frame.returns |= machine.evaluate(statement.value, frame)
        return False
    if isinstance(statement, ast.Raise):
        for part in (statement.exc, statement.cause):
            if part is not None:
                machine.evaluate(part, frame)
        return False
    machine.bind_statement(statement, frame)
    return not isinstance(statement, ast.Break | ast.Continue)


# Branches. Variables are joined where paths meet; a path that ends in `break` joins after the loop.


def _joined(frame: Frame, before: list[dict[str, Value]]) -> None:
    names = {name for one in before for name in one}
    frame.variables = {name: join(one.get(name, NOTHING) for one in before) for name in names}


def _if(machine: Machine, node: ast.If, frame: Frame) -> bool:
    if isinstance(node.test, ast.Constant):
        return machine.execute(node.body if node.test.value else node.orelse, frame)
    machine.evaluate(node.test, frame)
    before = dict(frame.variables)
    _narrow(machine, node.test, frame)
    ends = [(machine.execute(node.body, frame), frame.variables)]
    frame.variables = before
    ends.append((machine.execute(node.orelse, frame), frame.variables))
    return _meet(machine, frame, ends)


def _meet(machine: Machine, frame: Frame, ends: list[tuple[bool, dict[str, Value]]]) -> bool:
    reached = [variables for goes_on, variables in ends if goes_on]
    _joined(frame, reached or [variables for _, variables in ends])
    return bool(reached)


_PLAIN_TYPES = frozenset({"int", "float", "str", "bool", "bytes", "ndarray", "Number", "Integral"})
_CONTAINER_TYPES = {"list": "list", "tuple": "iterator", "dict": "dict", "set": "set"}


def _narrow(machine: Machine, test: ast.expr, frame: Frame) -> None:
    """After `isinstance(name, list)` the name is a list, where it was unknown."""
    if not isinstance(test, ast.Call) or getattr(test.func, "id", "") != "isinstance" or len(test.args) != 2:
        return
    subject, types = test.args
    if not isinstance(subject, ast.Name) or frame.variables.get(subject.id) != UNKNOWN:
        return
    kinds = types.elts if isinstance(types, ast.Tuple) else [types]
    found = NOTHING
    for kind in kinds:
        name = kind.attr if isinstance(kind, ast.Attribute) else getattr(kind, "id", "")
        if name in _CONTAINER_TYPES:
            found |= make_box(machine, _CONTAINER_TYPES[name], kind, UNKNOWN, UNKNOWN)
        else:
            found |= PLAIN if name in _PLAIN_TYPES else UNKNOWN
    machine.assign(frame, subject.id, found)


def _loop(machine: Machine, node: ast.For | ast.AsyncFor | ast.While, frame: Frame) -> bool:
    items = NOTHING
    if not isinstance(node, ast.While):
        source = machine.evaluate(node.iter, frame)
        items = items_of(machine, source, node.iter)
    for _ in range(_LOOP_ROUNDS):
        before = dict(frame.variables)
        if isinstance(node, ast.While):
            machine.evaluate(node.test, frame)
        else:
            machine.bind_target(node.target, items, frame)
        machine.execute(node.body, frame)
        _joined(frame, [before, frame.variables])
        if frame.variables == before:
            break
    if not isinstance(node, ast.While):
        items |= items_of(machine, machine.evaluate(node.iter, frame), node.iter)
    machine.execute(node.orelse, frame)
    return True


def _try(machine: Machine, node: ast.Try | ast.TryStar, frame: Frame) -> bool:
    before = dict(frame.variables)
    goes_on = machine.execute(node.body, frame)
    after = dict(frame.variables)
    if goes_on:
        goes_on = machine.execute(node.orelse, frame)
    ends = [(goes_on, frame.variables)]
    for handler in node.handlers:
        frame.variables = {}
        _joined(frame, [before, after])
        if handler.type is not None:
            evaluate_quietly(machine, handler.type, frame)
        if handler.name:
            machine.assign(frame, handler.name, PLAIN)
        ends.append((machine.execute(handler.body, frame), frame.variables))
    reached = _meet(machine, frame, ends)
    return machine.execute(node.finalbody, frame) and reached


def _with(machine: Machine, node: ast.With | ast.AsyncWith, frame: Frame) -> None:
    for item in node.items:
        manager = machine.evaluate(item.context_expr, frame)
        entered = join(_entered(machine, frozenset({atom}), item.context_expr) for atom in manager)
        if item.optional_vars is not None:
            machine.bind_target(item.optional_vars, entered, frame)


def _entered(machine: Machine, manager: Value, node: ast.AST) -> Value:
    (atom,) = manager
    if isinstance(atom, Instance):
        return machine.call(machine.attribute(manager, "__enter__", node, True), Arguments(), node)
    if isinstance(atom, Container):
        return items_of(machine, manager, node)
    return PLAIN if isinstance(atom, ForeignName) else manager


def _match(machine: Machine, node: ast.Match, frame: Frame) -> bool:
    subject = machine.evaluate(node.subject, frame)
    before = dict(frame.variables)
    ends = [(True, before)]
    for case in node.cases:
        frame.variables = dict(before)
        for inner in ast.walk(case.pattern):
            name = getattr(inner, "name", None) or getattr(inner, "rest", None)
            if isinstance(name, str):
                whole = isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None
                machine.assign(frame, name, subject if whole else UNKNOWN)
        if case.guard is not None:
            machine.evaluate(case.guard, frame)
        ends.append((machine.execute(case.body, frame), frame.variables))
    return _meet(machine, frame, ends)


# Simple statements


def bind_statement(machine: Machine, statement: ast.stmt, frame: Frame) -> None:
    """Run a statement that has no branches of its own (of the others, what their head binds)."""
    if isinstance(statement, ast.Assign):
        value = _assigned(machine, statement.value, frame)
        for target in statement.targets:
            machine.bind_target(target, value, frame)
    elif isinstance(statement, ast.AnnAssign):
        _annotated_assignment(machine, statement, frame)
    elif isinstance(statement, ast.AugAssign):
        _augmented(machine, statement, frame)
    elif isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        value = _decorated(machine, frozenset(make_function(machine, statement, frame)), statement, frame)
        machine.assign(frame, statement.name, value)
    elif isinstance(statement, ast.ClassDef):
        value = _decorated(machine, _class(machine, statement, frame), statement, frame)
        machine.assign(frame, statement.name, value)
    elif isinstance(statement, ast.Import | ast.ImportFrom):
        _import(machine, statement, frame)
    elif isinstance(statement, ast.For | ast.AsyncFor):
        machine.bind_target(
            statement.target, items_of(machine, machine.evaluate(statement.iter, frame), statement), frame
        )
    elif isinstance(statement, ast.With | ast.AsyncWith):
        _with(machine, statement, frame)
    elif isinstance(statement, ast.Expr):
        machine.evaluate(statement.value, frame)
    elif isinstance(statement, ast.Assert | ast.If | ast.While):
        machine.evaluate(statement.test, frame)


def _assigned(machine: Machine, node: ast.expr, frame: Frame) -> Value:
    """The right side of an assignment; at the module level a mere alias counts where it is used."""
    return evaluate_quietly(machine, node, frame) if frame.position < AFTER_ALL else machine.evaluate(node, frame)


def _annotated_assignment(machine: Machine, statement: ast.AnnAssign, frame: Frame) -> None:
    if statement.value is not None:
        machine.bind_target(statement.target, _assigned(machine, statement.value, frame), frame)
    elif isinstance(frame.node, ast.ClassDef) and isinstance(statement.target, ast.Name):
        machine.assign(frame, statement.target.id, annotated(machine, statement.annotation))


def _augmented(machine: Machine, statement: ast.AugAssign, frame: Frame) -> None:
    load = ast.copy_location(_loaded(statement.target), statement.target)
    left, right = machine.evaluate(load, frame), machine.evaluate(statement.value, frame)
    if isinstance(statement.op, ast.Add):
        for atom in left:
            if isinstance(atom, Container):
                machine.put(items_of(machine, right, statement), "held", atom.site)
    machine.bind_target(statement.target, combine(machine, statement.op, left, right, statement), frame)


def _loaded(target: ast.expr) -> ast.expr:
    if isinstance(target, ast.Name):
        return ast.Name(target.id, ast.Load())
    if isinstance(target, ast.Attribute):
        return ast.Attribute(target.value, target.attr, ast.Load())
    assert isinstance(target, ast.Subscript)
    return ast.Subscript(target.value, target.slice, ast.Load())


def bind_target(machine: Machine, target: ast.expr, value: Value, frame: Frame) -> None:
    """Assign a value to a name, an attribute, an item, or several at once."""
    if isinstance(target, ast.Name):
        _bind_name(machine, target.id, value, frame)
    elif isinstance(target, ast.Attribute):
        store_attribute(machine, machine.evaluate(target.value, frame), target.attr, value)
    elif isinstance(target, ast.Subscript):
        owner = machine.evaluate(target.value, frame)
        store_item(machine, owner, machine.evaluate(target.slice, frame), value)
    elif isinstance(target, ast.Tuple | ast.List):
        _unpack(machine, target, value, frame)
    elif isinstance(target, ast.Starred):
        bind_target(machine, target.value, make_box(machine, "list", target, value), frame)


def _bind_name(machine: Machine, name: str, value: Value, frame: Frame) -> None:
    scope = frame
    if name not in frame.bound and name not in frame.module_names:
        while scope.parent is not None and name not in scope.bound:
            scope = scope.parent
        if scope is not frame and name in scope.bound and not isinstance(frame.node, ast.expr):
            machine.remember(scope, name, value)  # nonlocal
            return
    machine.assign(frame, name, value)


def _unpack(machine: Machine, target: ast.Tuple | ast.List, value: Value, frame: Frame) -> None:
    starred = [number for number, item in enumerate(target.elts) if isinstance(item, ast.Starred)]
    parts: list[list[Value]] = [[] for _ in target.elts]
    for atom in value:
        one: Value = frozenset({atom})
        if isinstance(atom, Tup) and not starred and len(atom.items) == len(target.elts):
            for part, item in zip(parts, atom.items, strict=True):
                part.append(item)
        else:
            for part in parts:
                part.append(items_of(machine, one, target))
    for element, part in zip(target.elts, parts, strict=True):
        bind_target(machine, element, join(part), frame)


def _decorated(
    machine: Machine, value: Value, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, frame: Frame
) -> Value:
    """What a definition binds once its decorators have had it; an unknown one may give back the original."""
    for decorator in reversed(node.decorator_list):
        name = decorator.attr if isinstance(decorator, ast.Attribute) else getattr(decorator, "id", "")
        if name in ("staticmethod", "classmethod", "property", "setter", "getter", "cached_property", "overload"):
            continue
        wrapper = machine.evaluate(decorator, frame)
        kept, machine.kept = machine.kept, machine.kept and not escapes.keeps(decorator)
        result = machine.call(wrapper, Arguments((value,)), decorator)
        machine.kept = kept
        own = all(isinstance(atom, Func) for atom in wrapper)
        value = result if own and result else result | value
    return value


def _class(machine: Machine, node: ast.ClassDef, frame: Frame) -> Value:
    klass = Klass(id(node))
    machine.nodes[klass.node] = node
    bases = tuple(machine.evaluate(base, frame) for base in node.bases)
    for keyword in node.keywords:
        machine.evaluate(keyword.value, frame)
    machine.classes[klass.node] = bases
    key = ("class", id(node), frame.index)
    inner = machine.frame(key, node, frame, frame.position)
    for statement in ast.walk(node):
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            machine.owners.setdefault(id(statement), klass)
    machine.execute(node.body, inner)
    for name, value in inner.history.items():
        machine.put(value, "attribute", klass.node, name)
    return frozenset({klass})


def _import(machine: Machine, statement: ast.Import | ast.ImportFrom, frame: Frame) -> None:
    for alias in statement.names:
        if isinstance(statement, ast.ImportFrom):
            path = f"{statement.module or ''}.{alias.name}"
            machine.assign(frame, alias.asname or alias.name, imported(path))
        elif alias.asname:
            machine.assign(frame, alias.asname, imported(alias.name))
        else:
            root = alias.name.partition(".")[0]
            machine.assign(frame, root, imported(root))
