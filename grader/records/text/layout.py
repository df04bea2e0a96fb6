"""Breaks nested brackets over lines when one line is too narrow, as a careful programmer would."""

from __future__ import annotations

import dataclasses
from typing import TypeAlias

INDENT = 4


@dataclasses.dataclass(frozen=True)
class Group:
    """A bracket: `open`, its items with commas between them, `close`."""

    open: str
    items: tuple[Tree, ...]
    close: str
    lone_comma: bool = False
    """Whether a single item keeps a comma on one line too, as in a tuple of one."""


@dataclasses.dataclass(frozen=True)
class Pair:
    """A dict's entry."""

    key: Tree
    value: Tree


Tree: TypeAlias = str | Group | Pair


def flat(tree: Tree) -> str:
    """Return the tree on one line.

    >>> flat(Group("[", ("1", Group("(", ("2",), ")", lone_comma=True)), "]"))
    '[1, (2,)]'
    """
    if isinstance(tree, str):
        return tree
    if isinstance(tree, Pair):
        return f"{flat(tree.key)}: {flat(tree.value)}"
    comma = "," if tree.lone_comma and len(tree.items) == 1 else ""
    return tree.open + ", ".join(flat(item) for item in tree.items) + comma + tree.close


def lay_out(tree: Tree, width: int = 88, start: int = 0, indent: int = 0) -> str:
    """Return the tree as code within `width` columns where that can be, beginning at column `start`.

    >>> print(lay_out(Group("f([", (Group("[", ("1", "2"), "]"), Group("[", ("3", "4"), "]")), "])"), width=12))
    f([
        [1, 2],
        [3, 4],
    ])
    """
    line = flat(tree)
    if start + len(line) <= width or isinstance(tree, str):
        return line
    if isinstance(tree, Pair):
        key = flat(tree.key)
        return f"{key}: {lay_out(tree.value, width, start + len(key) + 2, indent)}"
    if not tree.items:
        return line
    inner = indent + INDENT
    if all(isinstance(item, str) for item in tree.items):
        body = _fill([str(item) for item in tree.items], width - inner, " " * inner)
    else:
        body = "".join(f"{' ' * inner}{lay_out(item, width - 1, inner, inner)},\n" for item in tree.items)
    return f"{tree.open}\n{body}{' ' * indent}{tree.close}"


def _fill(words: list[str], room: int, margin: str) -> str:
    lines: list[str] = []
    line = ""
    for word in words:
        if line and len(line) + len(word) + 2 > room:
            lines.append(line)
            line = ""
        line = f"{line} {word}," if line else f"{word},"
    lines.append(line)
    return "".join(f"{margin}{line}\n" for line in lines)
