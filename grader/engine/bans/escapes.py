"""What a submission hands to somebody else, who may call it: passed to them, or stored in their modules."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator

from grader.engine.bans.machine import Machine
from grader.engine.bans.values import BoundMethod, ForeignName, Func, Getter, Instance, Klass, Partial, Value
from grader.records.statements import Definition

_KEEPING = frozenset(
    """
    abstractmethod autocast beartype cache cached_property classmethod compile contextmanager dataclass enable_grad
    export fixture getter ignore inference_mode jaxtyped jit lru_cache mark njit no_grad once_differentiable overload
    override property script set_grad_enabled setter singledispatch staticmethod total_ordering typechecked unused
    vectorize wraps
    """.split()  # noqa: SIM905 - a list of 30 quoted words reads worse
)
"""Decorators, by their last name, that call what they are given only where it is called itself."""


_AT_ONCE = (
    *("contextlib", "functools", "itertools", "matplotlib", "numpy", "operator", "pandas", "pytest", "timeit", "tqdm"),
    *("unittest", "torch.allclose", "torch.autograd.functional", "torch.autograd.gradcheck", "torch.func"),
    *("torch.testing", "torch.utils.benchmark", "torch.vmap"),
)
"""Modules and functions that call what they are given at once, and do not keep it."""


def is_kept(path: str) -> bool:
    """Whether what is passed to a function may be called later, when nobody calls that function.

    >>> is_kept("atexit.register"), is_kept("timeit.timeit"), is_kept("torch.library.impl")
    (True, False, True)
    """
    return not any(path == one or path.startswith(f"{one}.") for one in _AT_ONCE)


def store(machine: Machine, owner: ForeignName, name: str, value: Value) -> None:
    """Note that a module or class from elsewhere has another member; whoever knows it may call that."""
    machine.put(value, "stored", owner.path, name)
    if _is_there(owner.path, name):
        machine.put(value, "replaced in", owner.path)
    if machine.wide:
        for atom in value:
            if isinstance(atom, Func | BoundMethod | Partial | Getter | Klass | Instance):
                machine.hand_over(atom, machine.place)


def stored(machine: Machine, path: str, name: str) -> Value:
    """Return what the submission stored in a module or class from elsewhere under a name."""
    return machine.get("stored", path, name)


def call_stored(machine: Machine, path: str, node: ast.AST) -> None:
    """Read what was put in the place of members of a class that is made now, and of its module.

    `threading.Thread()` calls `Thread.run` and `threading.excepthook`. What had no such name before is called by nobody
    who does not know it.
    """
    while path and path != "builtins":
        for atom in machine.get("replaced in", path):
            if isinstance(atom, Func | BoundMethod | Partial | Getter):
                machine.hand_over(atom, node)
        path = path.rpartition(".")[0]


def _is_there(path: str, name: str) -> bool:
    """Whether a module or class, as far as it is loaded, has a member; nothing is imported to find out."""
    root, _, rest = path.partition(".")
    found: object = sys.modules.get(root)
    for part in rest.split(".") if rest else ():
        found = getattr(found, part, None)
    return hasattr(found, name)


def keeps(decorator: ast.expr) -> bool:
    """Whether a decorator is one of those that leave a function to its callers."""
    named = decorator.func if isinstance(decorator, ast.Call) else decorator
    name = named.attr if isinstance(named, ast.Attribute) else getattr(named, "id", "")
    return name in _KEEPING or (isinstance(named, ast.Attribute) and keeps(named.value))


def handing(body: list[tuple[int, ast.stmt]]) -> Iterator[tuple[int, ast.stmt]]:
    """Yield the statements of the module level, with their positions, that may hand something to somebody else."""
    for position, statement in body:
        if isinstance(statement, Definition):
            if not all(keeps(decorator) for decorator in statement.decorator_list):
                yield position, statement
        elif not isinstance(statement, ast.Import | ast.ImportFrom):
            yield position, statement
