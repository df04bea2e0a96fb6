"""The one place where constants of a submission are computed: short operands, few operations, short results.

A student may write `"{:>3000000000}".format("a")`: what an operation costs is known before it is done, by the length of
its operands and of the numbers in them, and what could cost much is not followed.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable

from grader.engine.bans.values import STRANGE, Value, constant

LONGEST = 200
"""Characters of a text that is followed; names are shorter."""

MOST_PIECES = 64

_GREATEST = 10_000
_WIDTH = re.compile(r"\d{4}|\*")
"""In a template, a width or precision of four digits or more, or one that an argument gives."""

_Operand = str | bytes | int | None

_METHODS: dict[str, Callable[..., object]] = {
    name: getattr(str, name)
    for name in (
        *("format", "lower", "upper", "strip", "lstrip", "rstrip", "replace"),
        *("removeprefix", "removesuffix", "title", "capitalize", "swapcase"),
    )
}
_OPERATORS: dict[str, Callable[..., object]] = {
    "Add": operator.add,
    "Sub": operator.sub,
    "Mult": operator.mul,
    "Mod": operator.mod,
    "FloorDiv": operator.floordiv,
}
_TEMPLATES = frozenset({"format", "Mod"})
"""Operations that read widths out of their operands."""

FOLDED = frozenset(_METHODS)
"""Methods of strings that are computed."""


def fold(operation: str, *operands: _Operand) -> Value:
    """Return the value of an operator (`Add`, `Mod`, ...) or a string's method on constants; `STRANGE` if not followed.

    >>> fold("Add", "gat", "her") == constant("gather"), fold("format", "{:>3000000000}", "a") == STRANGE
    (True, True)
    """
    compute = _METHODS.get(operation) or _OPERATORS.get(operation)
    if compute is None or not all(_is_small(operand) for operand in operands):
        return STRANGE
    if operation in _TEMPLATES and any(isinstance(one, str | bytes) and _is_wide(one) for one in operands):
        return STRANGE
    return _computed(lambda: compute(*operands))


def fold_character(number: _Operand) -> Value:
    """Return the value of `chr(number)`."""
    return _computed(lambda: chr(number)) if isinstance(number, int) else STRANGE


def fold_slice(text: str, bounds: list[int | None]) -> Value:
    """Return the value of a slice of a text."""
    return _computed(lambda: text[slice(*bounds)])


def fold_joined(separator: str, words: list[str]) -> Value:
    """Return the value of `separator.join(words)`.

    >>> fold_joined("", ["ga", "ther"]) == constant("gather")
    True
    """
    if len(separator) > LONGEST or sum(map(len, words)) > LONGEST or len(words) > LONGEST:
        return STRANGE
    return _computed(lambda: separator.join(words))


def pieces(text: object, method: str, arguments: list[str]) -> list[str] | None:
    """Return what `split`, `partition` and their like make of a text, None when that is not followed."""
    if not isinstance(text, str) or len(text) > LONGEST * MOST_PIECES or any(len(one) > LONGEST for one in arguments):
        return None
    try:
        found: list[str] = list(getattr(text, method)(*arguments))
    except (TypeError, ValueError):
        return None
    return found if len(found) <= MOST_PIECES else None


def _computed(compute: Callable[[], object]) -> Value:
    try:
        result = compute()
    except (TypeError, ValueError, IndexError, KeyError, OverflowError, MemoryError, ZeroDivisionError, AttributeError):
        return STRANGE
    return constant(result) if isinstance(result, str | bytes | int) and _is_short(result) else STRANGE


def _is_small(operand: _Operand) -> bool:
    return abs(operand) <= _GREATEST if isinstance(operand, int) else _is_short(operand)


def _is_short(operand: _Operand) -> bool:
    return not isinstance(operand, str | bytes) or len(operand) <= LONGEST


def _is_wide(template: str | bytes) -> bool:
    return _WIDTH.search(template if isinstance(template, str) else template.decode("latin-1")) is not None
