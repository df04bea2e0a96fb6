"""Where two short forms of values differ, token by token."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"[^\s,()\[\]{}]+|\s+|.", re.DOTALL)

Marked = list[tuple[str, bool]]
"""Pieces of text, each with whether it differs."""


def differing(wanted: str, got: str) -> tuple[Marked, Marked]:
    """Return the tokens of two texts; those that differ are marked, all of them when the texts are built otherwise.

    >>> differing("[6., 15.]", "[6., 10.]")[1]
    [('[6., ', False), ('10.', True), (']', False)]
    """
    first, second = _TOKEN.findall(wanted), _TOKEN.findall(got)
    if len(first) != len(second):
        return [(wanted, True)], [(got, True)]
    differ = [a != b for a, b in zip(first, second, strict=True)]
    return _joined(first, differ), _joined(second, differ)


def _joined(tokens: list[str], differ: list[bool]) -> Marked:
    pieces: Marked = []
    for token, mark in zip(tokens, differ, strict=True):
        if pieces and pieces[-1][1] == mark:
            pieces[-1] = (pieces[-1][0] + token, mark)
        else:
            pieces.append((token, mark))
    return pieces
