"""An arithmetic or bitwise operator becomes another one, or loses an operand."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.publishing.mutants.changes import Change, Site, with_fields

_OTHERS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div, ast.Mult),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
    ast.BitXor: (ast.BitOr,),
    ast.LShift: (ast.RShift,),
    ast.RShift: (ast.LShift,),
}


def mutate(site: Site) -> Iterator[Change]:
    """Yield the other operators, each operand alone, the operands swapped, and a sign left out."""
    node = site.node
    if isinstance(node, ast.BinOp):
        for other in _OTHERS[type(node.op)]:
            yield Change(node, with_fields(node, op=other()))
        yield Change(node, node.left)
        yield Change(node, node.right)
        if not isinstance(node.op, ast.Add | ast.Mult | ast.BitAnd | ast.BitOr | ast.BitXor):
            yield Change(node, with_fields(node, left=node.right, right=node.left))
    elif isinstance(node, ast.AugAssign):
        for other in _OTHERS[type(node.op)]:
            yield Change(node, with_fields(node, op=other()))
        yield Change(node, ast.copy_location(ast.Assign([node.target], node.value), node))
    elif isinstance(node, ast.UnaryOp) and not isinstance(node.op, ast.Not) and not _is_number(node.operand):
        yield Change(node, node.operand)


def _is_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant)
