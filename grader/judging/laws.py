"""Laws: properties that every right answer has, judged here and never beside the submission's code."""

from __future__ import annotations

import types
from typing import Any

from grader.authoring.exercises import Law, Probe
from grader.records.errors import AuthorError
from grader.records.findings import Finding
from grader.records.observations import Example, Observation
from grader.records.text import show
from grader.records.text.saying import say
from grader.records.values import LawfulValue, MappingValue, OpaqueValue, SequenceValue, Value


def broken_laws(probe: Probe, example: Example, observed: Observation) -> tuple[Finding, ...]:
    """Return a finding for each of the probe's laws that an observation breaks.

    A law that cannot even be evaluated (the result has another form) is broken. Imports torch, when there are laws:
    they see live tensors made of the bytes that crossed.
    """
    if not probe.laws or observed.outcome != "returned":
        return ()
    findings = []
    for law in probe.laws:
        problem = _problem(law, example, observed)
        if problem is not None:
            message = say("the law is broken that {law}", law=law.title) + (f": {problem}" if problem else "")
            findings.append(Finding(kind="law", must=law.must, message=message, actual=show(observed.value)))
    return tuple(findings)


def _problem(law: Law, example: Example, observed: Observation) -> str | None:
    arguments, result = live(example, observed)
    try:
        kept: Any = law.check(arguments, result)
        if isinstance(kept, str):
            return kept
        return None if kept is None or bool(kept) else ""
    except Exception as error:  # noqa: BLE001 - whatever a law meets in a wrong result breaks the law, never the judge
        reason = f"{type(error).__name__}: {str(error)[:300]}"
        return say("it could not be checked on this result ({reason})", reason=reason)


def live(example: Example, observed: Observation) -> tuple[types.SimpleNamespace, Any]:
    """Return an example's arguments and an observation's value as live objects, lawful marks removed."""
    from grader.engine.runner.inputs import Inputs

    arguments, _ = Inputs(Example(example.arguments)).lend()
    result, _ = Inputs(Example({"result": observed.value})).lend()
    return types.SimpleNamespace(**arguments), result["result"]


def unsendable(value: Value) -> str | None:
    """Return the type's name of the first part of a value that could not be sent, if there is one."""
    if isinstance(value, OpaqueValue):
        return value.type_name
    parts: tuple[Value, ...] = ()
    if isinstance(value, SequenceValue):
        parts = value.items
    elif isinstance(value, MappingValue):
        parts = tuple(part for item in value.items for part in item)
    elif isinstance(value, LawfulValue):
        parts = (value.value,)
    return next((found for found in map(unsendable, parts) if found is not None), None)


def check_reference(probe: Probe, example: Example, observed: Observation) -> None:
    """Raise `AuthorError` when the reference's own observation breaks a law, or an exception was not announced."""
    for finding in broken_laws(probe, example, observed):
        raise AuthorError(
            f"{probe.id}: the reference solution breaks a law: {finding.message}",
            hint="Mend the law in checks.py or the reference; students would lose points for right answers.",
        )
    if observed.error is not None and not set(observed.error.type_names) & set(probe.raises):
        raise AuthorError(
            f"{probe.id}: the reference solution raised {observed.error.type_names[0]}: {observed.error.message}"
            + (f" (line {observed.error.line}: {observed.error.code})" if observed.error.line else ""),
            hint=f'If right answers raise here, say so with raises="{observed.error.type_names[0]}"; '
            "otherwise the probe or its input space is wrong.",
        )
    opaque = unsendable(observed.value)
    if opaque is not None:
        raise AuthorError(
            f"{probe.id}: the probe returns an object of type {opaque}, which cannot be sent to the judge",
            hint="Return tensors, arrays, numbers, text, and lists, tuples, sets or dicts of them.",
        )
    if observed.outcome not in {"returned", "raised"}:
        raise AuthorError(f"{probe.id}: the reference solution ended as {observed.outcome}: {observed.detail}")
