"""Statements that failed while a file was loaded, and what an answer lost by them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches

import msgspec

from grader.engine.session import Session
from grader.engine.wire import Begun, LoadError
from grader.records.findings import Finding
from grader.records.observations import Observation
from grader.records.text.places import place_of
from grader.records.text.saying import say

_UNDEFINED = re.compile(r"name '(?P<name>\w+)' is not defined|cannot access .*variable '(?P<local>\w+)'")


_ALIKE = 0.85
"""How alike, from 0 to 1, a name must be to be meant by another: one letter too many, not another word."""


@dataclasses.dataclass(frozen=True)
class LoadFailure:
    """A statement that failed while the file was loaded."""

    place: str
    """The line, and of a notebook the cell: "line 3", "cell 2, line 3"."""
    reason: str
    binds: frozenset[str]
    """What it was to define."""


def load_failures(session: Session) -> tuple[LoadFailure, ...]:
    """Return the statements that failed while this submission was loaded, in order."""
    is_notebook = len(session.cells) > 1
    raised = session.loaded.errors if session.loaded is not None else ()
    ended = [_left_out(begun, how, is_notebook) for begun, how in session.left_out]
    unread = [
        LoadFailure(say("code cell {cell}", cell=one.cell), one.message, frozenset(one.names)) for one in session.unread
    ]
    return (*unread, *(_raised(error, is_notebook) for error in raised), *ended)


def undefined(
    names: Sequence[str], failures: Sequence[LoadFailure], defined: Sequence[str], asked: Collection[str] = ()
) -> Finding:
    """Return the finding on `names` that an exercise needs and the file, which defines others, does not define.

    What is written and could not be loaded is told with its own reason, and never as not written. `asked` are the
    names of all exercises: one of them is meant as itself.
    """
    for failure in failures:
        lost = sorted(failure.binds & set(names))
        if lost:
            message = say(
                "{place}: {reason}; so {names} could not be defined",
                place=failure.place,
                reason=failure.reason,
                names=", ".join(lost),
            )
            return Finding(kind="unloaded", must=True, message=message)
    message = say("the submission does not define {names}", names=", ".join(names))
    close = [(name, found) for name in names for found in _close(name, [one for one in defined if one not in asked])]
    if close:
        wanted, own = close[0]
        message += say("; it defines {own}: did you mean {wanted}? Rename it", own=own, wanted=wanted)
        return Finding(kind="unloaded", must=True, message=message)
    if failures:
        message += say("; at {place}, {reason}", place=failures[0].place, reason=failures[0].reason)
    return Finding(kind="missing", must=True, message=message)


def with_reasons(findings: Iterable[Finding], failures: Sequence[LoadFailure]) -> tuple[Finding, ...]:
    """Return findings in which an undefined name is told with the statement that was to define it."""
    return tuple(_with_reason(finding, failures) for finding in findings)


def _with_reason(finding: Finding, failures: Sequence[LoadFailure]) -> Finding:
    found = _UNDEFINED.search(finding.message) if finding.kind == "raised" else None
    name = (found["name"] or found["local"]) if found else None
    for failure in failures:
        if name in failure.binds:
            reason = say(
                "{place} was to define {name}: {reason}", place=failure.place, name=name, reason=failure.reason
            )
            reason = f"{finding.message}\n{reason}"
            return msgspec.structs.replace(finding, message=reason)
    return finding


def _close(name: str, defined: Sequence[str]) -> list[str]:
    same = [one for one in defined if one.replace("_", "").casefold() == name.replace("_", "").casefold()]
    return same or get_close_matches(name, defined, 1, _ALIKE)


def _raised(error: LoadError, is_notebook: bool) -> LoadFailure:
    raised = error.raised
    cell = raised.cell or error.cell
    if raised.line is not None:
        place = place_of(raised.line, cell if is_notebook else None)
    else:
        place = say("cell {cell}", cell=cell) if is_notebook else say("the file")
    kind = raised.type_names[0] if raised.type_names else say("an exception")
    plain = kind in ("ModuleNotFoundError", "ImportError") and raised.message
    reason = raised.message if plain else f"{kind}: {raised.message}".rstrip(": ")
    return LoadFailure(place, reason, frozenset(error.binds))


def _left_out(begun: Begun, how: Observation, is_notebook: bool) -> LoadFailure:
    place = place_of(begun.line, begun.cell if is_notebook else None)
    return LoadFailure(place, how.detail, frozenset(begun.binds))
