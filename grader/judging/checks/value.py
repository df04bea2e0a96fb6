"""Are the results the same: structure, types, dtype, shape, device, requires_grad and every element?"""

from __future__ import annotations

import dataclasses
import struct
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from grader.authoring.exercises import Policy
from grader.judging.checks.elements import difference
from grader.judging.checks.kinds import kind_of
from grader.records.findings import Finding, Kind
from grader.records.limits import Limit
from grader.records.observations import Observation
from grader.records.text import show
from grader.records.text.saying import say
from grader.records.values import (
    ArrayValue,
    LawfulValue,
    MappingValue,
    OpaqueValue,
    SequenceValue,
    TensorValue,
    Value,
)

_ORDERED = {"list", "tuple"}


@dataclasses.dataclass(frozen=True)
class Comparison:
    """How one observation is compared: the probe's policy, and what is allowed at this example."""

    policy: Policy
    limits: Mapping[str, Limit]

    def limit(self, where: str) -> Limit | None:
        """Return what is allowed at a place of the result; "" is the whole."""
        return self.limits.get(where or "result")


def check(expected: Observation, actual: Observation, policy: Policy, limits: Mapping[str, Limit]) -> Iterator[Finding]:
    """Yield what differs between two returned values."""
    if expected.outcome == "returned" == actual.outcome:
        yield from differences(expected.value, actual.value, Comparison(policy, limits), "")


def differences(expected: Value, actual: Value, comparison: Comparison, where: str) -> Iterator[Finding]:
    """Yield the differences between two values; `where` is the path to them in the result."""
    if isinstance(expected, LawfulValue):
        return
    if isinstance(actual, LawfulValue):
        actual = actual.value
    for kind, compare in _KINDS:
        if isinstance(expected, kind):
            yield from compare(expected, actual, comparison, where)
            return
    yield from _scalars(expected, actual, comparison, where)


def _finding(kind: Kind, where: str, message: str, expected: Value, actual: Value) -> Finding:
    prefix = f"{where}: " if where else ""
    return Finding(
        kind=kind, must=True, where=where, message=prefix + message, expected=show(expected), actual=show(actual)
    )


def _tensors(expected: TensorValue, actual: Value, comparison: Comparison, where: str) -> Iterator[Finding]:
    if not isinstance(actual, TensorValue):
        yield _finding("type", where, say("expected a tensor, got {kind}", kind=kind_of(actual)), expected, actual)
        return
    if expected.kind == "parameter" != actual.kind:
        yield _finding("type", where, say("expected an nn.Parameter, got a plain tensor"), expected, actual)
    if expected.device != actual.device:
        message = say("expected device {expected}, got {actual}", expected=expected.device, actual=actual.device)
        yield _finding("device", where, message, expected, actual)
    if expected.dtype != actual.dtype:
        message = say(
            "expected dtype {expected}, got {actual}",
            expected=f"torch.{expected.dtype}",
            actual=f"torch.{actual.dtype}",
        )
        yield _finding("dtype", where, message, expected, actual)
    # A result without elements carries no gradient, and right answers that loop or special-case it lose the flag.
    policy = comparison.policy
    counts = policy.requires_grad != "off" and 0 not in expected.shape
    if counts and expected.requires_grad != actual.requires_grad:
        yield _requires_grad(expected, actual, comparison, where)
    yield from _contents(expected, actual, comparison, where)


def _requires_grad(expected: TensorValue, actual: TensorValue, comparison: Comparison, where: str) -> Finding:
    message = (
        say("the result is cut off from the graph: it should require grad, as the input does")
        if expected.requires_grad
        else say("the result requires grad, but should not")
    )
    prefix = f"{where}: " if where else ""
    return Finding(
        kind="requires_grad",
        must=comparison.policy.requires_grad == "must",
        where=where,
        message=prefix + message,
        expected=f"requires_grad={expected.requires_grad}",
        actual=f"requires_grad={actual.requires_grad}",
    )


def _arrays(expected: ArrayValue, actual: Value, comparison: Comparison, where: str) -> Iterator[Finding]:
    if not isinstance(actual, ArrayValue):
        yield _finding("type", where, say("expected a numpy array, got {kind}", kind=kind_of(actual)), expected, actual)
        return
    if expected.dtype != actual.dtype:
        message = say("expected dtype {expected}, got {actual}", expected=expected.dtype, actual=actual.dtype)
        yield _finding("dtype", where, message, expected, actual)
    yield from _contents(expected, actual, comparison, where)


def _contents(
    expected: TensorValue | ArrayValue, actual: TensorValue | ArrayValue, comparison: Comparison, where: str
) -> Iterator[Finding]:
    if expected.shape != actual.shape:
        message = say("expected shape {expected}, got {actual}", expected=str(expected.shape), actual=str(actual.shape))
        yield _finding("shape", where, message, expected, actual)
        return
    policy = comparison.policy
    found = difference(expected, actual, policy.rtol, policy.atol, lambda: comparison.limit(where))
    if found is not None:
        yield _finding("value", where, found, expected, actual)


def _sequences(expected: SequenceValue, actual: Value, comparison: Comparison, where: str) -> Iterator[Finding]:
    if not isinstance(actual, SequenceValue) or not _same_kind(expected.kind, actual.kind, comparison.policy):
        yield _finding(
            "type",
            where,
            say("expected a {expected}, got {kind}", expected=expected.kind, kind=kind_of(actual)),
            expected,
            actual,
        )
        return
    if len(expected.items) != len(actual.items):
        message = say("expected {expected} items, got {actual}", expected=len(expected.items), actual=len(actual.items))
        yield _finding("structure", where, message, expected, actual)
        return
    for number, (wanted, got) in enumerate(zip(expected.items, actual.items, strict=True)):
        yield from differences(wanted, got, comparison, f"{where or 'result'}[{number}]")


def _same_kind(expected: str, actual: str, policy: Policy) -> bool:
    if expected == actual:
        return True
    return not policy.strict_sequences and {expected, actual} <= _ORDERED


def _mappings(expected: MappingValue, actual: Value, comparison: Comparison, where: str) -> Iterator[Finding]:
    if not isinstance(actual, MappingValue):
        yield _finding("type", where, say("expected a dict, got {kind}", kind=kind_of(actual)), expected, actual)
        return
    wanted, got = _by_key(expected), _by_key(actual)
    missing = [show(key) for text, (key, _) in wanted.items() if text not in got]
    extra = [show(key) for text, (key, _) in got.items() if text not in wanted]
    if missing or extra:
        parts = [say("missing key {keys}", keys=", ".join(missing))] if missing else []
        parts += [say("unexpected key {keys}", keys=", ".join(extra[:5]))] if extra else []
        yield _finding("structure", where, "; ".join(parts), expected, actual)
    for text, (key, item) in wanted.items():
        if text in got:
            yield from differences(item, got[text][1], comparison, f"{where or 'result'}[{show(key)}]")


def _by_key(mapping: MappingValue) -> dict[str, tuple[Value, Value]]:
    # repr of our own inert records: 1, 1.0 and True stay apart, as a reader expects of keys.
    return {repr(key): (key, item) for key, item in mapping.items}


def _opaque(expected: OpaqueValue, actual: Value, comparison: Comparison, where: str) -> Iterator[Finding]:
    yield _finding("unusable", where, say("a {kind} cannot be compared", kind=expected.type_name), expected, actual)


def _scalars(expected: Value, actual: Value, comparison: Comparison, where: str) -> Iterator[Finding]:
    if type(expected) is not type(actual):
        yield _finding(
            "type",
            where,
            say("expected {expected}, got {actual}", expected=kind_of(expected), actual=kind_of(actual)),
            expected,
            actual,
        )
    elif isinstance(expected, float) and isinstance(actual, float):
        found = float_difference(expected, actual, comparison.policy, lambda: comparison.limit(where))
        if found:
            yield _finding("value", where, found, expected, actual)
    elif expected != actual:
        yield _finding(
            "value",
            where,
            say("expected {expected}, got {actual}", expected=show(expected), actual=show(actual)),
            expected,
            actual,
        )


def float_difference(expected: float, actual: float, policy: Policy, limit: Callable[[], Limit | None]) -> str | None:
    """Return what is wrong with a Python float, or None; NaN equals NaN."""
    if expected == actual or (expected != expected and actual != actual):
        return None
    rtol = 1e-6 if policy.rtol is None else policy.rtol
    atol = 1e-6 if policy.atol is None else policy.atol
    allowed = atol + rtol * abs(expected)
    apart = abs(expected - actual)
    if apart <= allowed:
        return None
    known = limit() if policy.rtol is None and policy.atol is None else None
    if known is not None:
        wide = [ArrayValue("float64", (), struct.pack("<d", number)) for number in (expected, actual)]
        if difference(wide[0], wide[1], limit=lambda: known) is None:
            return None
    return say(
        "expected {expected!r}, got {actual!r}; difference {apart:.3g}, allowed {allowed:.3g}",
        expected=expected,
        actual=actual,
        apart=apart,
        allowed=allowed,
    )


_KINDS: tuple[tuple[Any, Callable[..., Iterator[Finding]]], ...] = (
    (TensorValue, _tensors),
    (ArrayValue, _arrays),
    (SequenceValue, _sequences),
    (MappingValue, _mappings),
    (OpaqueValue, _opaque),
)
