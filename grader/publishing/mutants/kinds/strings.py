"""A string becomes another one: the equation of an einsum a wrong one, a key a key that nobody knows."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator

from grader.publishing.mutants.changes import Change, Site, called_name

_EQUATION = re.compile(r"[A-Za-z.,\s]+->[A-Za-z.\s]*")


def mutate(site: Site) -> Iterator[Change]:
    """Yield other strings in place of one; the texts of errors, which nobody promises, are left alone."""
    node = site.node
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return
    if any(isinstance(one, ast.Raise) for one in site.around()) or _is_named_axis(site):
        return
    if _EQUATION.fullmatch(node.value):
        for other in equations(node.value):
            yield Change(node, f'"{other}"')
    else:
        yield Change(node, ast.Constant(f"{node.value}X"))
        if node.value:
            yield Change(node, '""')


def equations(equation: str) -> Iterator[str]:
    """Yield near misses of an einsum equation, the same every time.

    Letters of the output swapped, one left out, one operand's letters swapped, operands swapped.

    >>> list(equations("ij,j->i"))
    ['ij,j->', 'ji,j->i', 'j,ij->i', 'ij,j->j']
    """
    inputs, _, output = equation.partition("->")
    operands = inputs.split(",")
    found: dict[str, None] = {}
    for swapped in _swaps(output):
        found[f"{inputs}->{swapped}"] = None
    for index in range(len(output)):
        found[f"{inputs}->{output[:index]}{output[index + 1 :]}"] = None
    for place, operand in enumerate(operands):
        for swapped in _swaps(operand):
            found[",".join([*operands[:place], swapped, *operands[place + 1 :]]) + f"->{output}"] = None
    for index in range(len(operands) - 1):
        changed = [*operands[:index], operands[index + 1], operands[index], *operands[index + 2 :]]
        found[",".join(changed) + f"->{output}"] = None
    letters = sorted({letter for letter in inputs if letter.isalpha()})
    for index, letter in itertools.product(range(len(output)), letters):
        if letter not in output:
            found[f"{inputs}->{output[:index]}{letter}{output[index + 1 :]}"] = None
    if not output and letters:
        found[f"{inputs}->{letters[0]}"] = None
    found.pop(equation, None)
    yield from found


def _swaps(letters: str) -> Iterator[str]:
    for index in range(len(letters) - 1):
        first, second = letters[index], letters[index + 1]
        if first != second:
            yield letters[:index] + second + first + letters[index + 2 :]


def _is_named_axis(site: Site) -> bool:
    """Whether it is an annotation in quotes or a name given for the reader's sake alone."""
    parent = site.parent
    if isinstance(parent, ast.Subscript) and isinstance(parent.value, ast.Name):
        return parent.value.id in {"Literal", "list", "dict", "tuple"}
    return called_name(parent) in {"TypeVar", "warn"} if parent is not None else False
