"""Whether a result depends on what a method of a class does: it is left out, or what it returns is changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from grader.authoring.exercises import Exercise, Probe
from grader.engine.session import Session
from grader.judging.comparison import decode_untrusted
from grader.judging.examples.bank import Bank
from grader.records.findings import Finding
from grader.records.observations import Example, Observation, Observed, decode_example
from grader.records.text.saying import say
from grader.records.values import FLOATING, LawfulValue, MappingValue, SequenceValue, TensorValue, Value, element_count

_PERTURBED = 8
"""Examples of each probe that are run once more with changed results of the needed functions."""

Telling = tuple[bytes, Observation]
"""An encoded example and what the submission did on it."""


_TINY = 0
"""Seed of changes so small that a submission's own assertions hold, and that no `isclose` sees."""
_SEEDS = (1, 4)
"""Of the greater changes, tried where a tiny one does not show: a sum of the changed elements may by chance be the old
one under one of them, not under both."""


def independent(
    exercise: Exercise, session: Session, banks: Mapping[str, Bank], observations: Mapping[str, Sequence[Observed]]
) -> Iterator[Finding]:
    """Yield a finding when changing what the needed functions return leaves the answer as it was."""
    for probe in exercise.probes:
        chosen = _telling(banks[probe.id], observations[probe.id])
        same: set[bytes] = set()
        still = left = _unchanged(session, probe, chosen, exercise.needs, _TINY, same)
        for seed in _SEEDS:
            left = _unchanged(session, probe, left, exercise.needs, seed, same)
        if any(example in same for example, _ in left) or (left and len(left) == len(chosen)):
            yield _need(exercise, say("the result does not depend on what it returns"))
            return
        floating = sum(_is_floating(before.value) for _, before in chosen)
        if floating and sum(_is_floating(before.value) for _, before in still) == floating:
            why = say("a small change of what it returns is lost: the result is another computation's")
            yield _need(exercise, why)
            return


def _unchanged(
    session: Session, probe: Probe, chosen: Sequence[Telling], needs: tuple[str, ...], seed: int, same: set[bytes]
) -> list[Telling]:
    """Return the examples on which changing what the needed functions return does not show in a result.

    Those that returned the same result are added to `same`. An exception is no result, so it tells nothing of
    dependence, and nothing against it: a submission may assert what it expects.
    """
    if not chosen:
        return []
    for _ in range(2):  # a process that somebody else ended says nothing of the submission
        observed = session.call(probe, [example for example, _ in chosen], perturb=needs, perturb_seed=seed)
        if len(observed) == len(chosen):
            break
    else:
        return list(chosen)
    left: list[Telling] = []
    for (example, before), one in zip(chosen, observed, strict=True):
        after = decode_untrusted(one.body)
        returned = after.outcome == "returned"
        if not returned or before.value == after.value:
            left.append((example, before))
        if returned and before.value == after.value:
            same.add(example)
    return left


def _need(exercise: Exercise, why: str) -> Finding:
    names = say(" or ").join(exercise.needs)
    message = say("the result must be produced by {names}, but {why}", names=names, why=why)
    return Finding(kind="needs", must=True, message=message, expected=say("a result made by {names}", names=names))


def _telling(bank: Bank, observations: Sequence[Observed]) -> list[Telling]:
    """Return examples on which a needed function cannot be skipped: nothing in or out is empty or of size one."""
    chosen: list[Telling] = []
    for example, observed in zip(bank.examples, observations, strict=False):
        if _is_plain(decode_example(example)):
            before = decode_untrusted(observed.body)
            if _has_elements(before.value):
                chosen.append((example, before))
        if len(chosen) == _PERTURBED:
            break
    return chosen


def _is_plain(example: Example) -> bool:
    tensors = [value for value in example.arguments.values() if isinstance(value, TensorValue)]
    return not example.gradient and all(size >= 2 for tensor in tensors for size in tensor.shape)


def _is_floating(value: Value) -> bool:
    return isinstance(value, TensorValue) and value.dtype in FLOATING


def _has_elements(value: Value) -> bool:
    if isinstance(value, TensorValue):
        return element_count(value.shape) > 0
    if isinstance(value, SequenceValue):
        return any(_has_elements(item) for item in value.items)
    if isinstance(value, MappingValue):
        return any(_has_elements(item) for _, item in value.items)
    return isinstance(value, LawfulValue) and _has_elements(value.value)
