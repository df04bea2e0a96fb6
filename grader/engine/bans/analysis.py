"""Bans and needs of one exercise, decided on the source of a submission."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Sequence

from grader.engine.bans.findings import BannedUse, SourceFindings, Unclear
from grader.engine.bans.machine import Machine
from grader.engine.bans.parsed import CELL_STRIDE, ParsedSource
from grader.engine.bans.reader import read, read_handed
from grader.engine.bans.rules import broken
from grader.engine.bans.stub_code import earlier_answers, given_lines
from grader.records.rules import Given, Rules
from grader.records.torch_names import covers

_NONE, _NOTHING_GIVEN = Rules(), Given()


def analyse(
    source: ParsedSource,
    names: Sequence[str],
    bans: Sequence[str],
    needs: Sequence[str] = (),
    *,
    rules: Rules = _NONE,
    given: Given = _NOTHING_GIVEN,
) -> SourceFindings:
    """Decide which banned and needed names the code reaches that defines an exercise, and which rules it breaks.

    `names` is what the exercise defines, functions or classes; `bans` and `needs` are dotted names as
    `grader.records.torch_names` describes them. Code that these cannot reach, comments, strings, own
    functions and methods, and what belongs to Python or numpy never count. A receiver of which
    nothing is known counts as a tensor. Never raises for what a submission holds.

    >>> from grader.engine.bans import parse
    >>> source = parse(["import torch\\ndef pick(x, i):\\n    return x.gather(0, i)"])
    >>> [(use.name, use.line) for use in analyse(source, ["pick"], ["torch.gather"]).banned]
    [('torch.gather', 3)]
    """
    machine = own = _read(source, tuple(names))
    earlier = earlier_answers(source, given, names) if bans or rules else frozenset()
    if _reaches(machine, earlier):
        own = _read(source, tuple(names), earlier)
    exempt = given_lines(source, given)
    paths = {path for path, _ in machine.references}
    banned = _banned(own, bans, exempt)
    named = {use.name for use in banned}
    found = SourceFindings(
        banned=banned,
        missing_needs=bool(needs) and not any(covers(need, path) for need in needs for path in paths),
        unclear=_unclear(source, machine.unclear | own.unclear, exempt),
        broken=broken(own, rules, exempt),
        forgiven=tuple(ban for ban in bans if ban not in named and any(covers(ban, path) for path in paths)),
        cells=len(source.cells),
    )
    if not bans or found.banned or found.unclear or not _mentions(source, bans):
        return found
    wide = read_handed(source, tuple(names), earlier)
    return dataclasses.replace(
        found, handed=_banned(wide, bans, exempt), handed_unclear=_unclear(source, wide.unclear, exempt)
    )


def _unclear(source: ParsedSource, noted: Iterable[tuple[str, int]], exempt: frozenset[int]) -> tuple[Unclear, ...]:
    """What is not followed, in the order of the source."""
    return tuple(
        Unclear(what, number // CELL_STRIDE, number % CELL_STRIDE, source.text(number))
        for what, number in sorted(noted, key=lambda one: one[1])
        if number not in exempt
    )


_HIDING = "getattr exec eval compile __import__ importlib globals vars __dict__ attrgetter methodcaller _C ops modules"


def _mentions(source: ParsedSource, bans: Sequence[str]) -> bool:
    """Whether a word of the source may be a banned name, or what hides one: most have none."""
    words = "|".join({re.escape(ban.rpartition(".")[2]) for ban in bans} | set(_HIDING.split()))
    pattern = re.compile(rf"\b(?:{words})_?\b")
    return any(pattern.search(line) for cell in source.cells for line in cell)


def _read(source: ParsedSource, names: tuple[str, ...], others: frozenset[str] = frozenset()) -> Machine:
    key = (*names, *(f"not {name}" for name in sorted(others)))
    known = source.readings.get(key)
    if not isinstance(known, Machine):
        known = source.readings[key] = read(source, names, others)
    return known


def _reaches(machine: Machine, answers: frozenset[str]) -> bool:
    """Whether what was read goes through one of these functions of the module level."""
    bindings = machine.source.bindings
    defined = {id(one.statement) for name in answers for one in bindings.get(name, ())}
    return bool(defined) and any(id(frame.node) in defined for frame in machine.frames)


def _banned(machine: Machine, bans: Sequence[str], exempt: frozenset[int]) -> tuple[BannedUse, ...]:
    """The banned uses, in the order of the source: calls, or where there is none, other mentions."""
    found: list[BannedUse] = []
    for ban in bans:
        uses = [
            (number, path, called)
            for (path, number), called in machine.references.items()
            if number not in exempt and covers(ban, path)
        ]
        calls = [use for use in uses if use[2]] or uses
        for number, path, called in calls:
            cell, line = divmod(number, CELL_STRIDE)
            found.append(BannedUse(ban, cell, line, machine.source.text(number), path, called))
    found.sort(key=lambda use: (use.cell, use.line))
    places: dict[tuple[int, int, str], BannedUse] = {}
    for use in found:
        places.setdefault((use.cell, use.line, use.path), use)
    return tuple(places.values())
