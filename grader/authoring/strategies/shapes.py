"""Shapes as einops and jaxtyping write them: "b i", "... d", "n n+1", "*batch 3"."""

from __future__ import annotations

import ast
import functools
import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

from grader.authoring.strategies.context import DrawContext
from grader.records.errors import AuthorError

_NAME = re.compile(r"~?[^\W\d]\w*")
_VARIADIC = re.compile(r"~?(\.\.\.|\*[^\W\d]\w*)")
_OPERATORS: dict[type[ast.operator], Callable[[int, int], int]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
}
_HINT = 'A shape holds names, sizes, sums such as n+1, "..." or *name, separated by spaces: "b 3 n+1".'

MAX_BY_RANK = {0: 5, 1: 5, 2: 5, 3: 4}
"""Largest size that `...` takes by rank, so that a tensor of rank 4 stays readable and fast."""


@functools.cache
def tokens(shape: str) -> tuple[str, ...]:
    """Split a shape into its dimensions, and check each.

    >>> tokens("b n+1 3")
    ('b', 'n+1', '3')
    """
    words = tuple(shape.split())
    for word in words:
        if not _VARIADIC.fullmatch(word):
            names_in(word)
    if sum(bool(_VARIADIC.fullmatch(word)) for word in words) > 1:
        raise AuthorError(f'shape "{shape}" has more than one "..." or *name', hint=_HINT)
    return words


@functools.cache
def names_in(expression: str) -> tuple[str, ...]:
    """Return the size names that one dimension or bound uses, in order.

    >>> names_in("2*~t+n")
    ('~t', 'n')
    """
    try:
        _parse(expression)
    except (SyntaxError, ValueError) as error:
        raise AuthorError(f"{expression!r} is no size", hint=_HINT) from error
    return tuple(dict.fromkeys(_NAME.findall(expression)))


def evaluate(expression: str, context: DrawContext, default: tuple[int, int] = (0, 5)) -> int:
    """Compute a size such as `n`, `3` or `2*n+1`, drawing the names it uses on first use.

    Raises `AuthorError` when the result is negative.
    """
    if expression.isdecimal():
        return int(expression)
    if _NAME.fullmatch(expression):
        return context.size(expression, default)
    values = {_plain(name): context.size(name, default) for name in names_in(expression)}
    result = _compute(_parse(expression), values)
    if result < 0:
        raise AuthorError(
            f"size {expression} is {result} where {', '.join(f'{name} = {value}' for name, value in values.items())}",
            hint='Bound the names so that it cannot be negative: sizes={"n": (1, 5)}.',
        )
    return result


def draw_shape(
    shape: str, context: DrawContext, default: tuple[int, int] = (0, 5), rank: tuple[int, int] = (1, 4)
) -> tuple[int, ...]:
    """Draw the sizes of a shape; a name that was drawn before keeps its size."""
    words = tokens(shape)
    result: list[int] = []
    for word in words:
        if _VARIADIC.fullmatch(word):
            fixed = len(words) - 1
            result.extend(_variadic(word, context, default, (max(rank[0] - fixed, 0), max(rank[1] - fixed, 0))))
        else:
            result.append(evaluate(word, context, default))
    return tuple(result)


def shape_bounds(
    shape: str, own: Mapping[str, tuple[int, int]], low: int | None, high: int | None
) -> dict[str, tuple[int, int]]:
    """Return the bounds that a descriptor sets: those of `sizes`, and its own limits for the names of its shape."""
    bounds: dict[str, tuple[int, int]] = {}
    if low is not None or high is not None:
        limits = (0 if low is None else low, max(5, low or 0) if high is None else high)
        words = [word for word in tokens(shape) if not _VARIADIC.fullmatch(word)]
        bounds = {name: limits for word in words for name in names_in(word)}
    return bounds | dict(own)


def check_sizes(bounds: Mapping[str, Any]) -> None:
    """Raise `AuthorError` unless the bounds of each named size are a pair 0 <= low <= high."""
    for name, pair in bounds.items():
        if not (isinstance(pair, tuple) and len(pair) == 2 and 0 <= pair[0] <= pair[1]):
            raise AuthorError(f"sizes: {name!r} has {pair!r}", hint='Give the least and greatest size: {"n": (1, 4)}.')


def _variadic(word: str, context: DrawContext, default: tuple[int, int], rank: tuple[int, int]) -> tuple[int, ...]:
    if word not in context.dims or word.startswith("~"):
        count = context.pick("rank", tuple(range(rank[0], rank[1] + 1)), word)
        limit = default[1] if default[1] != 5 else MAX_BY_RANK.get(count, 3)
        sizes = tuple(context.fresh_size((default[0], limit), f"{word}{i}") for i in range(count))
        if word.startswith("~"):
            return sizes
        context.dims[word] = sizes
    return context.dims[word]


def _plain(name: str) -> str:
    return name.replace("~", "own_")


@functools.cache
def _parse(expression: str) -> ast.expr:
    node = ast.parse(_plain(expression), mode="eval").body
    _compute(node, None)
    return node


def _compute(node: ast.expr, values: Mapping[str, int] | None) -> int:
    """Evaluate sums, products and whole quotients; without values, only check that there is nothing else."""
    match node:
        case ast.Constant(value=int(number)) if not isinstance(number, bool):
            return number
        case ast.Name(id=name):
            return values[name] if values is not None else 1
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            first, second = _compute(left, values), _compute(right, values)
            return _OPERATORS[type(op)](first, second) if values is not None else 1
    raise ValueError(ast.dump(node))
