"""What a name of the module level may be, found by evaluating only the statements that bind it."""

from __future__ import annotations

import ast
import builtins

from grader.engine.bans import escapes
from grader.engine.bans.machine import Frame, Machine
from grader.engine.bans.parsed import AFTER_ALL, Binding
from grader.engine.bans.values import ANSWER, NOTHING, PLAIN, UNKNOWN, ForeignName, Namespace, TorchName, Value, join
from grader.records.torch_names import ROOTS

_TORCH_BUILTINS = frozenset(
    {"abs", "all", "any", "bool", "compile", "complex", "float", "int", "max", "min", "pow", "range", "round", "sum"}
)
"""Names that `from torch import *` takes from Python."""


def imported(path: str) -> Value:
    """The value of a module, or of a name imported from one.

    >>> imported("torch.nn.functional")
    frozenset({TorchName(path='torch.nn.functional')})
    """
    last = path.rpartition(".")[2]
    if last in ROOTS:  # whoever it is imported from
        return frozenset({TorchName(last)})
    return frozenset({TorchName(path) if path.partition(".")[0] in ROOTS else ForeignName(path)})


def look_up(machine: Machine, name: str, position: int = AFTER_ALL) -> Value:
    """Return what a name of the module level may be for code at a position (a function sees everything)."""
    if name in machine.others:
        return ANSWER
    found = machine.source.bindings.get(name, [])
    before = [binding for binding in found if binding.position < position]
    start = max((number for number, binding in enumerate(before) if binding.strong), default=-1)
    values = [_bound(machine, binding, name) for binding in before[max(start, 0) :]]
    if start < 0:
        values.append(_outside(machine, name, bool(before)))
    for change in machine.source.changes.get(name, ()):
        if change.position < position:
            _apply_change(machine, change, values)
    return join(values)


def apply_patches(machine: Machine) -> None:
    """Run the statements that give a class or module from elsewhere another member: who uses it gets that."""
    for name, changes in machine.source.changes.items():
        if not _leads_to_import(machine, name, 8):
            continue
        for change in changes:
            if _stores(change.statement):
                look_up(machine, name, change.position + 1)


def _leads_to_import(machine: Machine, name: str, depth: int) -> bool:
    """Whether a name is bound by an import, or by an alias of one."""
    for binding in machine.source.bindings.get(name, ()):
        statement = binding.statement
        if isinstance(statement, ast.Import | ast.ImportFrom):
            return True
        value = statement.value if isinstance(statement, ast.Assign) else None
        while isinstance(value, ast.Attribute):
            value = value.value
        alias = value.id if isinstance(value, ast.Name) else name
        if depth and alias != name and _leads_to_import(machine, alias, depth - 1):
            return True
    return bool(machine.source.stars) and name not in machine.source.bindings


def _bound(machine: Machine, binding: Binding, name: str) -> Value:
    key = ("module", id(binding.statement))
    known = machine.memo.get(key)
    if known is None:
        machine.memo[key] = NOTHING
        frame = machine.frame(key, binding.statement, None, binding.position)
        frame.bound = set()
        depth, machine.quiet = machine.quiet, machine.quiet if machine.wide else 0
        place, machine.place = machine.place, binding.statement
        machine.bind_statement(binding.statement, frame)
        machine.quiet, machine.place = depth, place
    return machine.frame_of[key].history.get(name, NOTHING)


def _apply_change(machine: Machine, change: Binding, owner: list[Value]) -> None:
    key = ("change", id(change.statement))
    if key in machine.memo:
        return
    machine.memo[key] = NOTHING
    of_import = any(isinstance(atom, TorchName | ForeignName) for value in owner for atom in value)
    if of_import and not _stores(change.statement):
        return  # `torch.manual_seed(0)` changes nothing that a name leads to
    frame = machine.frame(key, change.statement, None, change.position)
    machine.quiet += of_import
    machine.execute([change.statement], frame)
    machine.quiet -= of_import


def _stores(statement: ast.stmt) -> bool:
    """Whether a statement is an assignment, `setattr` included."""
    if isinstance(statement, ast.Expr):
        call = statement.value
        return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "setattr"
    return isinstance(statement, ast.Assign | ast.AugAssign | ast.AnnAssign)


def _outside(machine: Machine, name: str, conditional: bool) -> Value:
    """A name that the module does not surely bind: from a star import, or of Python itself."""
    stars = [module for module in machine.source.stars if module.partition(".")[0] in ROOTS]
    is_builtin = hasattr(builtins, name)
    if stars and (not is_builtin or (name in _TORCH_BUILTINS and "torch" in stars)):
        return frozenset({TorchName(f"{module}.{name}") for module in stars})
    stored = escapes.stored(machine, "builtins", name)
    if stored:
        return stored | (frozenset({ForeignName(f"builtins.{name}")}) if is_builtin else NOTHING)
    if name == "__builtins__":
        return frozenset({ForeignName("builtins"), Namespace(ForeignName("builtins"))})
    if is_builtin:
        return frozenset({ForeignName(f"builtins.{name}")})
    if name.startswith("__") and name.endswith("__"):
        return PLAIN
    if conditional:
        return NOTHING
    return PLAIN if machine.source.stars else UNKNOWN


def find_name(machine: Machine, name: str, frame: Frame) -> Value:
    """Return what a name may be for code in a frame."""
    position = frame.position
    scope: Frame | None = frame
    if name in frame.module_names:
        scope = None
    while scope is not None:
        if name in scope.variables and scope is frame:
            return scope.variables[name]
        if name in scope.bound:
            if scope is frame and not isinstance(scope.node, ast.ClassDef):
                return NOTHING  # bound further down only: unbound here
            if scope is not frame and not isinstance(scope.node, ast.ClassDef):
                return machine.get("variable", scope.index, name)
        scope = scope.parent
    return look_up(machine, name, position)
