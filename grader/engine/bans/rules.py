"""What breaks the rules on how an answer is written: names that are not allowed, loops, numpy, too many lines."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.engine.bans.findings import COMPREHENSION, IN_ITSELF, Broken
from grader.engine.bans.machine import Machine
from grader.engine.bans.parsed import CELL_STRIDE
from grader.records.rules import Only, Rules
from grader.records.tensor_methods import TENSOR_METHODS
from grader.records.torch_names import ROOTS, covers, is_package, is_special

_HARMLESS = frozenset(
    """
    shape size ndim dim ndimension dtype device numel nelement layout requires_grad is_floating_point is_complex
    Tensor Size finfo iinfo inf nan pi e newaxis strided
    bool uint8 int8 int16 int32 int64 short int long float16 bfloat16 half float32 float float64 double
    complex64 complex128 BoolTensor LongTensor IntTensor FloatTensor DoubleTensor
    """.split()  # noqa: SIM905 - a list of 40 quoted words reads worse
)
"""What every allow-list allows: names that say what a tensor is, and types, unless they are called."""
_ASKED = frozenset(
    {"size", "dim", "ndimension", "numel", "nelement", "is_floating_point", "is_complex", "finfo", "iinfo"}
)
"""Those of them that are called."""
_INDEXING = frozenset({"__getitem__", "__setitem__"})
_LOOPS = frozenset({"builtins.map", "builtins.filter", "functools.reduce"})
_ARRAYS = frozenset({"numpy", "scipy", "pandas", "jax", "cupy", "numba", "xarray"})
_LOOPING: dict[type[ast.AST], str] = {
    ast.For: "for",
    ast.AsyncFor: "for",
    ast.While: "while",
    **dict.fromkeys((ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp), COMPREHENSION),
}
_SYMBOLS: dict[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
    ast.MatMult: "@", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^", ast.LShift: "<<", ast.RShift: ">>",
    ast.Invert: "~", ast.USub: "-", ast.UAdd: "+", ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=",
    ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
_Function = ast.FunctionDef | ast.AsyncFunctionDef


def broken(machine: Machine, rules: Rules, given: frozenset[int]) -> tuple[Broken, ...]:
    """Return what breaks the rules in what was read, in the order of the source; `given` are lines of the stub's."""
    if not rules:
        return ()
    found = [*_names(machine, rules), *_written(machine, rules)]
    places = {(number, what): kind for kind, what, number in found if number not in given}
    rules_broken = [_broken_rule(machine, kind, what, number) for (number, what), kind in sorted(places.items())]
    return (*rules_broken, *_too_long(machine, rules.lines, given))


def _broken_rule(machine: Machine, kind: str, what: str, number: int) -> Broken:
    cell, line = divmod(number, CELL_STRIDE)
    return Broken(kind, what, cell, line, machine.source.text(number))


_Found = tuple[str, str, int]
"""Kind, what is told, line."""


def _names(machine: Machine, rules: Rules) -> Iterator[_Found]:
    if rules.only is not None:
        for (path, number), called in machine.references.items():
            if not _is_allowed(rules.only, path, called, machine, number):
                yield "only", path.replace("?.", "x.").replace("torch.Tensor.", "x."), number
    for path, number in machine.foreign:
        root = path.partition(".")[0]
        if rules.no_loops and (path in _LOOPS or root == "itertools"):
            yield "forbidden", path.removeprefix("builtins."), number
        if rules.no_numpy and root in _ARRAYS:
            yield "forbidden", path, number
    if rules.no_numpy:
        for path, number in machine.references:
            if path in ("?.numpy", "torch.Tensor.numpy", "?.__array__", "torch.Tensor.__array__"):
                yield "forbidden", "x.numpy", number


def _is_allowed(only: Only, path: str, called: bool, machine: Machine, number: int) -> bool:
    owner, _, last = path.rpartition(".")
    if any(covers(name, path) for name in only.names):
        return True
    if is_special(last):
        return only.indexing if last in _INDEXING else only.operators
    if owner == "?" and last not in TENSOR_METHODS:
        return True  # no tensor has it: it belongs to a container or to an object of the student's own
    if last in _HARMLESS and (not called or last in _ASKED):
        return True
    if called:
        return False
    passed = any(other.startswith(f"{path}.") and place == number for other, place in machine.references)
    return path in ROOTS or is_package(path) or passed


def _written(machine: Machine, rules: Rules) -> Iterator[_Found]:
    only = rules.only
    for node in _reached(machine):
        number = getattr(node, "lineno", 1)
        looping = _LOOPING.get(type(node))
        if rules.no_loops and looping:
            yield "forbidden", looping, number
        if only is not None and not only.operators:
            for operator in _operators(node):
                yield "only", operator, number
        if only is not None and not only.indexing and isinstance(node, ast.Subscript):
            yield "only", "[...]", number
    if rules.no_loops:
        for function in _functions(machine):
            for inner in ast.walk(function):
                if isinstance(inner, ast.Name) and inner.id == function.name:
                    yield "forbidden", f"{function.name}{IN_ITSELF}", inner.lineno


def _operators(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.BinOp | ast.AugAssign):
        yield _SYMBOLS[type(node.op)]
    elif isinstance(node, ast.UnaryOp):
        if not isinstance(node.op, ast.Not) and not isinstance(node.operand, ast.Constant):
            yield _SYMBOLS[type(node.op)]
    elif isinstance(node, ast.Compare):
        yield from (_SYMBOLS[type(one)] for one in node.ops if type(one) in _SYMBOLS)


def _functions(machine: Machine) -> list[_Function]:
    """The functions whose bodies were read, each once."""
    return list({id(one.node): one.node for one in machine.frames if isinstance(one.node, _Function)}.values())


def _reached(machine: Machine) -> Iterator[ast.AST]:
    """The statements and expressions of what was read, without defaults, annotations and inner functions."""
    lambdas = [frame.node.body for frame in machine.frames if isinstance(frame.node, ast.Lambda)]
    waiting: list[ast.AST] = [*lambdas, *(one for function in _functions(machine) for one in function.body)]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.AnnAssign):
            waiting += [node.target, *([node.value] if node.value else [])]
        elif not isinstance(node, _Function | ast.ClassDef):
            waiting += ast.iter_child_nodes(node)


def _too_long(machine: Machine, most: int, given: frozenset[int]) -> Iterator[Broken]:
    """Count the statements of all functions that were read: docstrings and what the stub holds cost nothing."""
    if not most:
        return
    written = sorted(
        node.lineno
        for node in _reached(machine)
        if isinstance(node, ast.stmt) and node.lineno not in given and not _says_nothing(node)
    )
    if len(written) > most:
        yield _broken_rule(machine, "lines", str(len(written)), written[most])


def _says_nothing(node: ast.stmt) -> bool:
    return isinstance(node, ast.Pass) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
