"""`--layout`: how the names in a download tell students from each other, where they follow no known platform."""

from __future__ import annotations

import re
from typing import NamedTuple

from grader.records.errors import UsageError

FIELDS = ("student", "id", "assignment", "file", "any")
EXAMPLE = "{student}/{file}"


class Place(NamedTuple):
    """What the path of a file says by the layout that was given."""

    student: str
    id: str
    file: str


def compile_layout(layout: str) -> re.Pattern[str]:
    """Return the pattern that a layout stands for, such as `{assignment}_{student}.{any}` or `{student}/{file}`.

    `{file}` is the rest of a path, folders included; every other field stays within one name. Raises `UsageError`
    for an unknown field, and without `{student}` or `{id}`.

    >>> compile_layout("{assignment}_{student}.{any}").fullmatch("einsum_ada.ipynb")["student"]
    'ada'
    """
    pattern, seen = "", set()
    for literal, name in re.findall(r"([^{}]*)(?:\{(\w*)\})?", layout):
        pattern += re.escape(literal)
        if not name:
            continue
        if name not in FIELDS:
            raise UsageError(
                f"--layout {layout!r}: there is no field {{{name}}}.",
                hint=f"Fields are {', '.join(f'{{{field}}}' for field in FIELDS)}.",
            )
        shape = ".+" if name == "file" else r"[^/]+?"
        pattern += f"(?:{shape})" if name == "any" or name in seen else f"(?P<{name}>{shape})"
        seen.add(name)
    if not seen & {"student", "id"} or layout.count("{") != layout.count("}"):
        raise UsageError(
            f"--layout {layout!r} does not say where a student's name stands.", hint=f"Such as --layout '{EXAMPLE}'."
        )
    return re.compile(pattern, re.DOTALL)


def placed(path: str, layout: re.Pattern[str]) -> Place | None:
    """Return what a path says by a layout, wherever in the download it begins; None when it does not fit.

    >>> placed("all/ada/einsum.py", compile_layout("{student}/{file}"))
    Place(student='all', id='', file='ada/einsum.py')
    """
    parts = path.split("/")
    for start in range(len(parts)):
        match = layout.fullmatch("/".join(parts[start:]))
        if match is not None:
            found = match.groupdict()
            student = found.get("student") or found["id"]
            return Place(student, found.get("id") or "", found.get("file") or parts[-1])
    return None
