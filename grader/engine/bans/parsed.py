"""A submission's cells as one parsed program, with an index of what its module level binds."""

from __future__ import annotations

import ast
import dataclasses
import warnings
from collections.abc import Iterator, Mapping, Sequence

from grader.engine.bans.linking import link_modules
from grader.records.statements import Definition, cannot_fail
from grader.records.torch_names import ROOTS

CELL_STRIDE = 1_000_000
"""Lines are numbered `cell * CELL_STRIDE + line`, so that one number tells both."""

_LONGEST = 200
"""Characters of a line that are told."""

AFTER_ALL = 1 << 60
"""A position after every statement: what a function sees when it is called."""


@dataclasses.dataclass(frozen=True)
class Binding:
    """A statement of the module level that binds, or changes, a name."""

    position: int
    strong: bool
    """Whether it replaces every earlier binding; what stands under a condition only adds one."""
    statement: ast.stmt


@dataclasses.dataclass
class ParsedSource:
    """What `analyse` reads. Cells that cannot be parsed are left out: they do not run either."""

    cells: tuple[tuple[str, ...], ...]
    """The lines of each cell."""
    body: list[tuple[int, ast.stmt]] = dataclasses.field(default_factory=list)
    """The statements of the module level, with their positions."""
    bindings: dict[str, list[Binding]] = dataclasses.field(default_factory=dict)
    """By name: what defines it."""
    changes: dict[str, list[Binding]] = dataclasses.field(default_factory=dict)
    """By name: what assigns to its attributes or items, or calls a method of it."""
    callers: list[Binding] = dataclasses.field(default_factory=list)
    """Decorated definitions and calls that stand alone: they may fill what they call."""
    stars: list[str] = dataclasses.field(default_factory=list)
    """Modules imported with `*`."""
    locals: dict[ast.AST, Locals] = dataclasses.field(default_factory=dict)
    main: bool = False
    """Whether `__name__` is `"__main__"` where it runs: a notebook's."""
    hidden: tuple[str, ...] = ()
    """Names of the modules beside that are reached in another way than by their plain names."""
    readings: dict[tuple[str, ...], object] = dataclasses.field(default_factory=dict)
    """What was read already, by the names it was read for."""
    given: tuple[object, frozenset[int]] | None = None
    """The stub that was looked for last, and the lines that it holds."""

    def statements(self) -> Iterator[ast.stmt]:
        """Yield the statements that bind something on the module level, each once."""
        found = {id(one.statement): one.statement for bindings in self.bindings.values() for one in bindings}
        yield from found.values()

    def text(self, number: int) -> str:
        """Return the stripped source line that a number stands for."""
        cell, line = divmod(number, CELL_STRIDE)
        lines = self.cells[cell]
        text = lines[line - 1].strip() if 0 < line <= len(lines) else ""
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."

    def locals_of(self, node: ast.AST) -> Locals:
        """Return which names a function, lambda, class or comprehension binds in its own scope."""
        known = self.locals.get(node)
        if known is None:
            known = self.locals[node] = _collect_locals(node)
        return known


@dataclasses.dataclass
class Locals:
    """The names that a scope binds."""

    bound: set[str] = dataclasses.field(default_factory=set)
    outer: set[str] = dataclasses.field(default_factory=set)
    """Declared `nonlocal`."""
    module: set[str] = dataclasses.field(default_factory=set)
    """Declared `global`."""


def parse(cells: Sequence[str], modules: Mapping[str, str] = {}, *, main: bool = False) -> ParsedSource:
    """Parse the cells of a submission; never raises for what is in them.

    `modules` are the sources of the student's own modules, by name: they are read as if they stood in the cells after
    the last one, each with its names apart. `main` says that it is a notebook.

    >>> sorted(parse(["import torch", "def f(x): return x", "not python"]).bindings)
    ['f', 'torch']
    """
    whole = [*cells, *modules.values()]
    source = ParsedSource(tuple(tuple(_lines(cell)) for cell in whole), main=main)
    bodies = [_statements(cell, number) for number, cell in enumerate(whole)]
    if modules:
        source.hidden = link_modules(bodies, tuple(modules))
    order = [*range(len(cells), len(whole)), *range(len(cells))]
    position = 0
    for number in order:
        for statement in bodies[number]:
            source.body.append((position, statement))
            position = _index(source, statement, position, strong=True)
    _note_registrations(source)
    return source


def _note_registrations(source: ParsedSource) -> None:
    """A definition under a decorator, or a call, may fill what the decorator's function or object fills."""
    known: dict[str, set[str]] = {}
    for binding in source.callers:
        for caller in _callers(binding.statement):
            filled = known.get(caller)
            if filled is None:
                filled = known[caller] = _filled_by(source, source.bindings.get(caller, []))
            for name in {caller, *filled} & source.bindings.keys():
                source.changes.setdefault(name, []).append(binding)


def _filled_by(source: ParsedSource, bindings: list[Binding]) -> set[str]:
    """The outer names whose items, attributes or methods the functions of these bindings use to store something."""
    functions = [one.statement for one in bindings if isinstance(one.statement, ast.FunctionDef | ast.AsyncFunctionDef)]
    return {
        name
        for function in functions
        for statement in ast.walk(function)
        if isinstance(statement, ast.stmt)
        for name in _changed_by(statement)
        if name not in source.locals_of(function).bound
    }


def _callers(statement: ast.stmt) -> Iterator[str]:
    """The names that a decorated definition, or an expression statement, calls."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        for decorator in statement.decorator_list:
            yield from _root(decorator.func if isinstance(decorator, ast.Call) else decorator)
    elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        yield from _root(statement.value.func)


def _lines(cell: str) -> list[str]:
    """Lines as Python counts them: form feeds and unicode separators do not end one."""
    return cell.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _statements(cell: str, number: int) -> list[ast.stmt]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(cell)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    if number:
        ast.increment_lineno(tree, number * CELL_STRIDE)
    return tree.body


def _index(source: ParsedSource, statement: ast.stmt, position: int, strong: bool) -> int:
    """Note what a statement of the module level binds; return the position after it."""
    if isinstance(statement, ast.If) and _is_main(statement.test) and not source.main:
        return position
    inner = list(_inner(statement))
    if inner or isinstance(statement, ast.For | ast.AsyncFor | ast.With | ast.AsyncWith | ast.Match):
        _bind(source, statement, position, strong=False)
        for child in inner:
            position = _index(source, child, position + 1, strong=False)
        return position + 1
    _bind(source, statement, position, strong)
    return position + 1


def _inner(statement: ast.stmt) -> Iterator[ast.stmt]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return
    for field in ("body", "orelse", "finalbody"):
        yield from getattr(statement, field, ())
    for part in (*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
        yield from part.body


def _is_main(test: ast.expr) -> bool:
    """Whether a test is `__name__ == "__main__"`, which does not hold where submissions are graded."""
    if not isinstance(test, ast.Compare) or not isinstance(test.ops[0], ast.Eq):
        return False
    sides = (test.left, test.comparators[0])
    return any(isinstance(side, ast.Name) and side.id == "__name__" for side in sides)


def _bind(source: ParsedSource, statement: ast.stmt, position: int, strong: bool) -> None:
    if isinstance(statement, ast.ImportFrom) and any(alias.name == "*" for alias in statement.names):
        source.stars.append(statement.module or "")
        return
    sure = strong and _replaces(statement)
    for name in _bound_by(statement):
        # A plain value that takes a definition's name does not take its place: see `grader.engine.runner.execute`.
        defined = any(isinstance(one.statement, Definition) for one in source.bindings.get(name, ()))
        sure = sure and (not defined or isinstance(statement, Definition))
        source.bindings.setdefault(name, []).append(Binding(position, sure, statement))
    for name in _changed_by(statement):
        source.changes.setdefault(name, []).append(Binding(position, False, statement))
    if next(_callers(statement), None) is not None:
        source.callers.append(Binding(position, False, statement))
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        _bind_globals(source, statement, position)


def _replaces(statement: ast.stmt) -> bool:
    """Whether a statement, which is run whatever failed before it, surely puts something new in a name's place."""
    if isinstance(statement, Definition):
        return cannot_fail(statement)
    if isinstance(statement, ast.Import | ast.ImportFrom):
        modules = (
            [one.name for one in statement.names] if isinstance(statement, ast.Import) else [statement.module or ""]
        )
        return all(module.partition(".")[0] in (*ROOTS, "numpy", "math") for module in modules)
    return isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Lambda | ast.Constant | ast.Name)


def _bind_globals(source: ParsedSource, function: ast.AST, position: int) -> None:
    """Names that a function declares `global` and assigns are bindings of the module too."""
    nodes = list(ast.walk(function))
    declared = {name for node in nodes if isinstance(node, ast.Global) for name in node.names}
    for statement in nodes if declared else ():
        if isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Import | ast.ImportFrom):
            for name in declared & set(_bound_by(statement)):
                source.bindings.setdefault(name, []).append(Binding(position, False, statement))


def _bound_by(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield statement.name
    elif isinstance(statement, ast.Import | ast.ImportFrom):
        for alias in statement.names:
            yield alias.asname or alias.name.partition(".")[0]
    else:
        for part in _own_expressions(statement):
            yield from _stored_names(part)


def _own_expressions(statement: ast.stmt) -> Iterator[ast.AST]:
    """The expressions of a statement that are not in a block of it."""
    for field, value in ast.iter_fields(statement):
        if field in ("body", "orelse", "finalbody", "handlers"):
            continue
        for part in value if isinstance(value, list) else (value,):
            if isinstance(part, ast.match_case):
                yield part.pattern
            elif isinstance(part, ast.AST):
                yield part


def _stored_names(node: ast.AST) -> Iterator[str]:
    """Names that an expression or target binds in the scope it stands in."""
    if isinstance(node, ast.Name):
        if isinstance(node.ctx, ast.Store):
            yield node.id
        return
    if isinstance(node, ast.MatchAs | ast.MatchStar) and node.name:
        yield node.name
    if isinstance(node, ast.Lambda):
        return
    comprehension = isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp)
    for child in ast.iter_child_nodes(node):
        if comprehension:  # its own targets stay inside; only `:=` leaves it
            yield from (sub.target.id for sub in ast.walk(child) if isinstance(sub, ast.NamedExpr))
        else:
            yield from _stored_names(child)


def _changed_by(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.Assign | ast.AugAssign | ast.AnnAssign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        for target in targets:
            if isinstance(target, ast.Attribute | ast.Subscript):
                yield from _root(target)
    elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        called = statement.value
        if isinstance(called.func, ast.Attribute):
            yield from _root(called.func)
        elif isinstance(called.func, ast.Name) and called.func.id in ("setattr", "delattr") and called.args:
            yield from _root(called.args[0])


def _root(node: ast.expr) -> Iterator[str]:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    if isinstance(node, ast.Name):
        yield node.id


def _collect_locals(node: ast.AST) -> Locals:
    found = Locals()
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        arguments = node.args
        for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
            found.bound.add(argument.arg)
        found.bound.update(extra.arg for extra in (arguments.vararg, arguments.kwarg) if extra)
    body = getattr(node, "body", [])
    for statement in body if isinstance(body, list) else [body]:
        _collect(statement, found)
    found.bound -= found.module | found.outer
    return found


def _collect(node: ast.AST, found: Locals) -> None:
    if isinstance(node, ast.Global):
        found.module.update(node.names)
    elif isinstance(node, ast.Nonlocal):
        found.outer.update(node.names)
    elif isinstance(node, ast.stmt):
        found.bound.update(_bound_by(node))
        for child in _inner(node):
            _collect(child, found)
        for handler in getattr(node, "handlers", ()):
            if handler.name:
                found.bound.add(handler.name)
    else:
        found.bound.update(_stored_names(node))
