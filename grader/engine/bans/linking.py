"""Modules beside an answer, read together with it: their names are kept apart, and uses of them become plain names."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from grader.records.statements import Definition, bound_names


def link_modules(bodies: list[list[ast.stmt]], modules: tuple[str, ...]) -> tuple[str, ...]:
    """Rewrite parsed cells, the last ones those of `modules`, as one program; return what cannot be followed.

    `from utils import f` becomes `f = utils:f`, `utils.f(x)` becomes `utils:f(x)`, where `utils:f` is how the names of
    the module are written. A module that is used in another way (passed on, looked into) is returned: who uses it may
    reach all of it.
    """
    first = len(bodies) - len(modules)
    names = {module: _names_of(body) for module, body in zip(modules, bodies[first:], strict=True)}
    hidden: list[str] = []
    shared: dict[str, str] = {}
    for number, body in enumerate(bodies):
        owner = modules[number - first] if number >= first else ""
        rewriter = _Rewriter(names, owner, {} if owner else shared)
        bodies[number] = rewriter.program(body)
        hidden += rewriter.hidden
    return tuple(dict.fromkeys(hidden))


def prefixed(module: str, name: str) -> str:
    """Return how a module's own name is written in the joined program: as no program can write it."""
    return f"{module}:{name}"


def _names_of(body: Sequence[ast.stmt]) -> frozenset[str]:
    return frozenset(name for statement in body for name in bound_names(statement))


class _Rewriter(ast.NodeTransformer):
    """Rewrites one cell or module: its own names where it is a module, and its imports of modules beside it."""

    def __init__(self, names: dict[str, frozenset[str]], owner: str, aliases: dict[str, str]) -> None:
        self._names = names
        self._owner = owner
        self._own = names.get(owner, frozenset())
        self._aliases = aliases
        """What `import ... as` calls the modules: in one cell for all that follow."""
        self.hidden: list[str] = []

    def program(self, body: list[ast.stmt]) -> list[ast.stmt]:
        """Return the rewritten statements."""
        for statement in body:
            for node in ast.walk(statement):
                if isinstance(node, ast.Import):
                    for alias in node.names:
                        if alias.name in self._names:
                            self._aliases[alias.asname or alias.name.partition(".")[0]] = alias.name
        found: list[ast.stmt] = []
        for statement in body:
            made = self.visit(statement)
            found += made if isinstance(made, list) else [made]
        return [ast.fix_missing_locations(statement) for statement in found]

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.stmt | list[ast.stmt]:
        """`from utils import f as g` becomes `g = utils:f`."""
        module = node.module or ""
        if module not in self._names:
            inside = [
                alias for alias in node.names if (f"{module}.{alias.name}" if module else alias.name) in self._names
            ]
            self.hidden += [f"{module}.{alias.name}".lstrip(".") for alias in inside]
            return self._renamed_import(node)
        made: list[ast.stmt] = []
        for alias in node.names:
            wanted = sorted(self._names[module]) if alias.name == "*" else [alias.name]
            for name in wanted:
                target = self._name(alias.asname or name)
                source = ast.Name(prefixed(module, name), ast.Load())
                one = ast.Assign([ast.Name(target, ast.Store())], source, lineno=node.lineno, col_offset=0)
                made.append(ast.copy_location(one, node))
        return made

    def visit_Import(self, node: ast.Import) -> ast.stmt:
        """An import of a module beside stays; its uses are rewritten."""
        return self._renamed_import(node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        """`utils.f` becomes `utils:f`."""
        path = _dotted(node.value)
        module = self._module(path)
        if module is not None and node.attr in self._names[module]:
            return ast.copy_location(ast.Name(prefixed(module, node.attr), node.ctx), node)
        if module is not None and self._module(f"{path}.{node.attr}") is None:
            self.hidden.append(module)
        return self.generic_visit(node)  # type: ignore[return-value]  # an expression stays one

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """A module's own names are written apart; a module beside that is no owner of an attribute is hidden."""
        if isinstance(node.ctx, ast.Load) and node.id in self._aliases:
            self.hidden.append(self._aliases[node.id])
        node.id = self._name(node.id)
        return node

    def visit_arg(self, node: ast.arg) -> ast.arg:
        """A parameter of the name of something of the module's is written as that is."""
        node.arg = self._name(node.arg)
        return self.generic_visit(node)  # type: ignore[return-value]  # an argument stays one

    def visit_keyword(self, node: ast.keyword) -> ast.keyword:
        """As is the keyword that fills it."""
        if node.arg is not None:
            node.arg = self._name(node.arg)
        return self.generic_visit(node)  # type: ignore[return-value]  # a keyword stays one

    def visit_Global(self, node: ast.Global) -> ast.Global:
        """`global` names are the module's."""
        node.names = [self._name(name) for name in node.names]
        return node

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> ast.ExceptHandler:
        """The name of an exception is bound as any other."""
        if node.name:
            node.name = self._name(node.name)
        return self.generic_visit(node)  # type: ignore[return-value]  # a handler stays one

    def generic_visit(self, node: ast.AST) -> ast.AST:
        """Rename definitions where a module binds them, and go on into everything."""
        if isinstance(node, Definition):
            node.name = self._name(node.name)
        return super().generic_visit(node)

    def _renamed_import(self, node: ast.Import | ast.ImportFrom) -> ast.stmt:
        for alias in node.names:
            bound = alias.asname or alias.name.partition(".")[0]
            if self._name(bound) != bound and (alias.asname or "." not in alias.name):
                alias.asname = self._name(bound)
        return node

    def _name(self, name: str) -> str:
        return prefixed(self._owner, name) if name in self._own else name

    def _module(self, path: str) -> str | None:
        root, _, rest = path.partition(".")
        if root not in self._aliases:
            return None
        alias = self._aliases[root]
        whole = f"{alias.partition('.')[0] if root == alias.partition('.')[0] else alias}{'.' if rest else ''}{rest}"
        return whole if whole in self._names else None


def _dotted(node: ast.expr) -> str:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""
