"""Bans and needs: the source decides, and what was seen while it ran can only add a finding."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence

from grader.authoring.exercises import Exercise
from grader.engine.bans import SourceFindings, decide, tell_handed
from grader.engine.bans.findings import NOT_INSTALLED
from grader.engine.session import Session
from grader.engine.wire import Watched
from grader.judging.examples.bank import Bank
from grader.judging.needs import Observations, unmet
from grader.records.findings import Finding
from grader.records.rules import Given
from grader.records.text.saying import later, say
from grader.records.text.undecided import undecided
from grader.records.torch_names import covers

_BLINDED = "sys.setprofile"
_HIDES = {
    _BLINDED: later("it switched off what watches its calls"),
    "torch.library": later("it replaced kernels of torch's own"),
}
"""By what a runner tells: why it may not have seen all calls."""

Readings = Mapping[str, SourceFindings]
"""What the source of a submission says, by the exercise's id; exercises that ask nothing are not in it."""


def read(exercises: Sequence[Exercise], session: Session, given: Given) -> Readings:
    """Return what the source of a submission says of the bans, needs and rules of exercises; `given` is in the stub.

    It is read where its code is run, in a locked-down process, before any of it runs: the judge evaluates none of it.
    """
    watched = [exercise for exercise in exercises if exercise.bans or exercise.needs or exercise.rules]
    if not watched:
        return {}
    found = session.read([Watched(one.names, one.bans, one.needs, one.rules) for one in watched], given)
    return dict(zip((one.id for one in watched), found, strict=True))


def banned_by_source(exercise: Exercise, readings: Readings) -> Finding | None:
    """Return the finding that the source breaks a ban, if it does.

    A missing need is told only of what is otherwise right: a stub, or a wrong answer, has a nearer reason.
    """
    if exercise.id not in readings:
        return None
    # What a module that is not there hides is told only where it is there after all: else its absence is the reason.
    known = readings[exercise.id]
    unclear = tuple(one for one in known.unclear if not one.what.startswith(NOT_INSTALLED))
    found = _decided(exercise, {exercise.id: dataclasses.replace(known, unclear=unclear)}, ())
    return found if found is not None and found.kind == "banned" else None


def broken_by_behaviour(
    exercise: Exercise, session: Session, readings: Readings, banks: Mapping[str, Bank], observations: Observations
) -> tuple[Finding, ...]:
    """Return findings of a right answer that calls what is banned, or is not made by what it needs.

    `observations` are the submission's, the first device's first. What could not be decided is told, at no cost.
    """
    every = [one.meta for probe in exercise.probes for one in observations[probe.id]]
    called = {name for meta in every for name in meta.called}
    decided = _decided(exercise, readings, tuple(sorted(called)))
    if decided is not None:
        return (decided,)
    findings = tuple(_undecided(exercise, readings, {name for meta in every for name in meta.below}))
    if any(finding.must for finding in findings):
        return findings
    return (*findings, *unmet(exercise, session, banks, observations)) if exercise.needs else findings


def _undecided(exercise: Exercise, readings: Readings, below: set[str]) -> Iterator[Finding]:
    """Yield a finding on what ran, or may have run, without a call of it that was seen.

    It costs nothing, unless forbidden code is handed to others and what would see its calls is switched off.
    """
    why = tell_handed(readings[exercise.id]) if exercise.id in readings else ""
    if why and _BLINDED in below:
        message = say("{what}; and while it ran, {how}", what=why, how=say(_HIDES[_BLINDED]))
        yield Finding(kind="banned", must=True, message=message)
        return
    if why:
        message = undecided(say("whether the submission calls what is forbidden"), why)
        yield Finding(kind="banned", must=False, message=message)
    forgiven = readings[exercise.id].forgiven if exercise.id in readings else ()
    bans = [ban for ban in exercise.bans if ban not in forgiven]
    seen = sorted(name for name in below if any(covers(ban, name) for ban in bans))
    if seen:
        why = say("{names} ran below its code", names=say(" and ").join(seen))
        message = undecided(say("whether the submission calls what is forbidden"), why)
        yield Finding(kind="banned", must=False, message=message)
    for name in sorted(below & _HIDES.keys()):
        message = undecided(say("whether the submission calls what is forbidden"), say(_HIDES[name]))
        yield Finding(kind="banned", must=False, message=message)


def _decided(exercise: Exercise, readings: Readings, called: tuple[str, ...]) -> Finding | None:
    if exercise.id not in readings:
        return None
    for kind, message in decide(readings[exercise.id], called, exercise.bans, exercise.needs, exercise.rules):
        return Finding(kind=kind, must=True, message=message)
    return None
