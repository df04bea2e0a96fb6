"""Bans and needs: the source decides, and what was seen while it ran can only add a finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from grader.bank import Bank
from grader.contrast import decode_untrusted
from grader.exercise import Exercise, Probe
from grader.expected import Expected
from grader.findings import Finding
from grader.observations import Example, Observation, decode_example, decode_observation
from grader.run import Session
from grader.source import ParsedSource, analyse, decide
from grader.values import LawfulValue, MappingValue, SequenceValue, TensorValue, Value, element_count

_WATCHED = 12
"""Examples of each probe that are run once more under a witness."""


_SEEDS = (1, 4)
"""Of the changes: a sum of the changed elements may by chance be the old one under one of them, not under both."""


def banned_by_source(exercise: Exercise, parsed: ParsedSource) -> Finding | None:
    """Return the finding that the source breaks a ban, if it does.

    A missing need is told only of what is otherwise right: a stub, or a wrong answer, has a nearer reason.
    """
    found = _decided(exercise, parsed, ())
    return found if found is not None and found.kind == "banned" else None


def broken_by_behaviour(
    exercise: Exercise,
    session: Session,
    parsed: ParsedSource,
    banks: Mapping[str, Bank],
    expected: Expected,
) -> tuple[Finding, ...]:
    """Return findings of a right answer that calls what is banned, or does not depend on what it needs."""
    found: list[Finding] = []
    if exercise.bans or exercise.needs:
        called = sorted({name for probe in exercise.probes for name in _called(session, probe, banks[probe.id])})
        decided = _decided(exercise, parsed, tuple(called))
        found += [decided] if decided else []
    if exercise.needs and not found:
        found += _independent(exercise, session, banks, expected)
    return tuple(found)


def _decided(exercise: Exercise, parsed: ParsedSource, called: tuple[str, ...]) -> Finding | None:
    if not exercise.bans and not exercise.needs:
        return None
    static = analyse(parsed, exercise.names, exercise.bans, exercise.needs)
    for kind, message in decide(static, called, exercise.bans, exercise.needs):
        return Finding(kind=kind, must=True, message=message)
    return None


def _called(session: Session, probe: Probe, bank: Bank) -> Iterator[str]:
    for observed in session.call(probe, _spread(bank), trace=True):
        yield from observed.meta.called


def _spread(bank: Bank) -> list[bytes]:
    step = max(1, len(bank.examples) // _WATCHED)
    return list(bank.examples[::step][:_WATCHED])


def _independent(
    exercise: Exercise, session: Session, banks: Mapping[str, Bank], expected: Expected
) -> Iterator[Finding]:
    """Yield a finding when changing what the needed functions return leaves the answer as it was."""
    for probe in exercise.probes:
        chosen = _telling(probe, banks[probe.id], expected)
        if not chosen:
            continue
        runs = [session.call(probe, chosen)]
        runs += [session.call(probe, chosen, perturb=exercise.needs, perturb_seed=seed) for seed in _SEEDS]
        if any(len(run) != len(chosen) for run in runs):
            yield _need(exercise, "the run with a changed result ended early")
            return
        for bodies in zip(*runs, strict=True):
            before, *after = (decode_untrusted(one.body) for one in bodies)
            if all(_same_result(before, changed) for changed in after):
                yield _need(exercise, "the result does not depend on what it returns")
                return


def _same_result(before: Observation, after: Observation) -> bool:
    """Say whether a changed intermediate result leaves no trace: an exception over it is no result made of it."""
    return after.outcome != "returned" or before.value == after.value


def _need(exercise: Exercise, why: str) -> Finding:
    names = " or ".join(exercise.needs)
    message = f"the result must be produced by {names}, but {why}"
    return Finding(kind="needs", must=True, message=message, expected=f"a result made by {names}")


def _telling(probe: Probe, bank: Bank, expected: Expected) -> list[bytes]:
    """Return examples on which a needed function cannot be skipped: nothing in or out is empty or of size one."""
    bodies = expected.bodies(probe, "cpu")
    chosen = []
    for example, body in zip(bank.examples, bodies, strict=True):
        if _is_plain(decode_example(example)) and _has_elements(decode_observation(body).value):
            chosen.append(example)
        if len(chosen) == _WATCHED:
            break
    return chosen


def _is_plain(example: Example) -> bool:
    tensors = [value for value in example.arguments.values() if isinstance(value, TensorValue)]
    return not example.gradient and all(size >= 2 for tensor in tensors for size in tensor.shape)


def _has_elements(value: Value) -> bool:
    if isinstance(value, TensorValue):
        return element_count(value.shape) > 0
    if isinstance(value, SequenceValue):
        return any(_has_elements(item) for item in value.items)
    if isinstance(value, MappingValue):
        return any(_has_elements(item) for _, item in value.items)
    return isinstance(value, LawfulValue) and _has_elements(value.value)
