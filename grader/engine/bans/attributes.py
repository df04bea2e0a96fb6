"""What `owner.name` may be."""

from __future__ import annotations

import ast
import functools
import importlib.util
import sys

from grader.engine.bans import classes, escapes
from grader.engine.bans.findings import NOT_INSTALLED
from grader.engine.bans.machine import Machine
from grader.engine.bans.values import (
    ANSWER_ATOM,
    NOTHING,
    PLAIN,
    PLAIN_ATOM,
    STRANGE,
    STRANGE_ATOM,
    TENSOR,
    TENSOR_ATOM,
    UNKNOWN,
    UNKNOWN_ATOM,
    Atom,
    BoundMethod,
    BuiltinMethod,
    Const,
    Container,
    ForeignName,
    Func,
    Instance,
    Kind,
    Klass,
    Namespace,
    Partial,
    Record,
    Super,
    TorchInstance,
    TorchName,
    Tup,
    Value,
    join,
)
from grader.records.torch_names import ROOTS

_PLAIN_MEMBERS = frozenset(
    """
    shape size dim ndim ndimension tolist numpy item numel nelement element_size dtype device stride storage_offset
    is_floating_point is_complex is_contiguous requires_grad is_leaf is_cuda layout itemsize nbytes data_ptr equal
    allclose get_device training __name__ __qualname__ __module__ __doc__ __len__ __repr__ __str__ __hash__ __bool__
    __int__ __float__ __index__
    """.split()  # noqa: SIM905 - a list of 40 quoted words reads worse
)
"""Members of tensors and modules that give plain data, or a method that does."""

_HIDING_MEMBERS = frozenset(
    """
    __globals__ __builtins__ __code__ __closure__ __subclasses__ __reduce__ __reduce_ex__ __loader__ __spec__
    f_globals f_locals f_back f_builtins tb_frame gi_frame cr_frame
    """.split()  # noqa: SIM905 - as above
)

_HIDING_NAMES: dict[str, str] = {
    "builtins.exec": "exec",
    "builtins.eval": "eval",
    "builtins.compile": "compile",
    "builtins.__loader__": "__loader__",
    "builtins.__spec__": "__spec__",
    "sys.modules": "sys.modules",
    "sys._getframe": "sys._getframe",
    "sys._current_frames": "sys._current_frames",
    "inspect.currentframe": "inspect.currentframe",
    "inspect.stack": "inspect.stack",
    "inspect.getmembers": "inspect.getmembers",
    "gc.get_objects": "gc.get_objects",
    "gc.get_referrers": "gc.get_referrers",
    "types.FunctionType": "types.FunctionType",
    "types.CodeType": "types.CodeType",
    "pickle.loads": "pickle.loads",
    "pickle.load": "pickle.load",
    "marshal.loads": "marshal.loads",
    "ctypes": "ctypes",
    "runpy": "runpy",
    "pkgutil": "pkgutil",
    "importlib.util": "importlib.util",
    "importlib.machinery": "importlib.machinery",
    "torch.overrides": "torch.overrides",
    "torch.jit.CompilationUnit": "torch.jit.CompilationUnit",
    "torch.utils.cpp_extension": "torch.utils.cpp_extension",
    "torch.fx": "torch.fx",
    "torch._C": "torch._C",
}
"""What lets code be reached that the source does not show."""

_FOLLOWED_WHEN_CALLED = frozenset({"builtins.exec", "builtins.eval", "builtins.compile"})
"""Those whose call decides: `eval` of nothing that is called hides nothing."""


def attribute(machine: Machine, owner: Value, name: str, node: ast.AST, called: bool) -> Value:
    """Return what `owner.name` may be, and note what of torch's it names."""
    if name in _HIDING_MEMBERS and owner != PLAIN:
        machine.hides(name, node)
    return join(_of_atom(machine, atom, name, node, called) for atom in owner)


def note_hidden(machine: Machine, value: Value, node: ast.AST, called: bool) -> None:
    """Note when a value is one of the ways to reach code that the source does not show."""
    for atom in value:
        if isinstance(atom, ForeignName):
            machine.touch(atom.path, node)
        if isinstance(atom, ForeignName | TorchName):
            what = _hiding(atom.path) or (unknown_module(atom.path) if isinstance(atom, ForeignName) else None)
            if what and (called or atom.path not in _FOLLOWED_WHEN_CALLED):
                machine.hides(what, node)


@functools.cache
def unknown_module(path: str) -> str | None:
    """Return what to call the module of a dotted name that is neither Python's nor installed: nobody has read it."""
    root = path.partition(".")[0]
    if root in sys.stdlib_module_names or root in ROOTS:
        return None
    try:
        known = root.isidentifier() and importlib.util.find_spec(root) is not None
    except (ImportError, ValueError, AttributeError):
        known = root in sys.modules
    return None if known else f"{NOT_INSTALLED} {root or '.'}"


def _hiding(path: str) -> str | None:
    """Return which of the ways a dotted name is, or lies below: `torch.overrides.enable` is one as its module is."""
    while path:
        if path in _HIDING_NAMES:
            return _HIDING_NAMES[path]
        path = path.rpartition(".")[0]
    return None


def note_torch(machine: Machine, value: Value, node: ast.AST, called: bool) -> None:
    """Note the torch names that a value, just loaded or called, may be."""
    for atom in value:
        if isinstance(atom, TorchName):
            machine.refer(atom.path, node, called)


def _of_atom(machine: Machine, atom: Atom, name: str, node: ast.AST, called: bool) -> Value:
    if isinstance(atom, Kind | TorchInstance):
        return _of_kind(machine, atom, name, node, called)
    if isinstance(atom, TorchName):
        return _of_torch(machine, atom, name, node, called)
    if isinstance(atom, ForeignName):
        return _of_foreign(machine, atom, name, node, called)
    if isinstance(atom, Instance | Klass | Super):
        return classes.member(machine, atom, name, node, called)
    if isinstance(atom, Const | Container | Tup | Namespace):
        return _of_container(machine, atom, name, node, called)
    if isinstance(atom, Func):
        return frozenset({atom}) if name == "__call__" else _or_plain(machine.get("attribute", atom.node, name))
    if isinstance(atom, Record):
        if name in atom.fields:
            return machine.get("field", atom.site, name)
        return frozenset({atom}) if name in ("_make", "_replace") else UNKNOWN if name == "_asdict" else PLAIN
    if isinstance(atom, Partial) and name == "func":
        return atom.func
    if isinstance(atom, BoundMethod):
        return (
            frozenset({atom.func}) if name == "__func__" else frozenset({atom.owner}) if name == "__self__" else PLAIN
        )
    return frozenset({atom}) if name == "__call__" else PLAIN


def _of_foreign(machine: Machine, atom: ForeignName, name: str, node: ast.AST, called: bool) -> Value:
    if name == "__dict__":
        return frozenset({Namespace(atom)})
    value: Value = frozenset({TorchName(name) if name in ROOTS else ForeignName(f"{atom.path}.{name}")})
    value |= escapes.stored(machine, atom.path, name)
    note_hidden(machine, value, node, called)
    return value


def _or_plain(value: Value) -> Value:
    return value or PLAIN


def _of_kind(machine: Machine, atom: Kind | TorchInstance, name: str, node: ast.AST, called: bool) -> Value:
    if atom in (PLAIN_ATOM, STRANGE_ATOM):
        return frozenset({atom})
    if atom == ANSWER_ATOM:
        machine.hides(f"{name} of another answer", node)
        return UNKNOWN
    if name in ("__dict__", "__getattribute__", "__getattr__"):
        return frozenset({Namespace(atom) if name == "__dict__" else BuiltinMethod(atom, name)})
    if name == "__class__":
        return frozenset({atom})
    patched = machine.get("patch", name)
    if patched:
        note_torch(machine, patched, node, called)
    if atom == TENSOR_ATOM:
        machine.refer(f"torch.Tensor.{name}", node, called)
        return patched | (PLAIN if name in _PLAIN_MEMBERS else TENSOR)
    machine.refer(f"{atom.path if isinstance(atom, TorchInstance) else '?'}.{name}", node, called)
    own = classes.methods_of_live(machine, name) if atom == UNKNOWN_ATOM else NOTHING
    return patched | own | (PLAIN if name in _PLAIN_MEMBERS else UNKNOWN)


def _of_torch(machine: Machine, atom: TorchName, name: str, node: ast.AST, called: bool) -> Value:
    if name == "__dict__":
        return frozenset({Namespace(atom)})
    if name in ("__getattribute__", "__getattr__"):
        return frozenset({BuiltinMethod(atom, name)})
    if name.startswith("__"):
        return frozenset({atom}) if name in ("__call__", "__wrapped__") else PLAIN
    value: Value = frozenset({TorchName(f"{atom.path}.{name}")})
    value |= machine.get("patch", name)
    note_torch(machine, value, node, called)
    note_hidden(machine, value, node, called)
    return value


_CONTAINER_TYPES: dict[str, type] = {
    "list": list,
    "dict": dict,
    "set": set,
    "str": str,
    "bytes": bytes,
    "int": int,
    "bool": bool,
    "iterator": list,
}


def _of_container(
    machine: Machine, atom: Const | Container | Tup | Namespace, name: str, node: ast.AST, called: bool
) -> Value:
    if isinstance(atom, Const | Container):
        own = _CONTAINER_TYPES.get(atom.kind)
        if own is not None and not hasattr(own, name) and isinstance(atom, Container) and atom.kind != "iterator":
            machine.refer(f"?.{name}", node, called)  # no such member: it is not what it seems
            return UNKNOWN
    if isinstance(atom, Const) and not isinstance(atom.value, str | bytes):
        return STRANGE
    return frozenset({BuiltinMethod(atom, name)})
