"""Right answers in other styles, as a student would have handed them in."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterable

from grader.authoring.exercises import Alternative


def as_answer(tree: ast.Module, one: Alternative, every: Iterable[Alternative]) -> str:
    """Return the code of one alternative under the name that the exercise asks for.

    What else the file holds stays, its helpers and imports; the other alternatives and what comes from
    `grader.authoring` do not, so bans and rules are decided on the code as they are for a student's.

    >>> tree = ast.parse("import torch\\n@alternative('a.f')\\ndef g(x):\\n    return torch.abs(x)")
    >>> print(as_answer(tree, Alternative("a.f", "g", "f"), []))
    import torch
    def f(x):
        return torch.abs(x)
    """
    others = {other.name for other in every} - {one.name}
    kept: list[ast.stmt] = []
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("grader."):
            continue
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in others | {one.name}:
            if node.name == one.name:
                kept.append(_renamed(node, one.replaces))
            continue
        kept.append(node)
    return ast.unparse(ast.Module(kept, []))


def _renamed(node: ast.FunctionDef | ast.ClassDef, name: str) -> ast.stmt:
    answer = copy.deepcopy(node)
    answer.name, answer.decorator_list = name, answer.decorator_list[1:]
    return answer
