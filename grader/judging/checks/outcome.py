"""Did it return where the reference returns, and raise what the reference raises?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from grader.authoring.exercises import Policy
from grader.judging.checks.kinds import kind_of
from grader.records.findings import Finding, Kind
from grader.records.limits import Limit
from grader.records.observations import TOO_LARGE, Observation, Raised
from grader.records.text.places import place_of
from grader.records.text.saying import say

_KINDS: dict[str, Kind] = {
    "missing": "missing",
    "unusable": "unusable",
    "timeout": "timeout",
    "memory": "memory",
    "crashed": "crashed",
    "protocol": "protocol",
}

_ALLOCATION = ("can't allocate memory", "not enough memory", "out of memory", "unable to allocate")
_SIGNATURE = re.compile(r"\(\) (takes |missing \d|got (an unexpected keyword|multiple values))")
"""How Python says that a function does not take what it was given."""


def check(expected: Observation, actual: Observation, policy: Policy, limits: Mapping[str, Limit]) -> Iterator[Finding]:
    """Yield one finding when the outcomes differ."""
    if actual.outcome in _KINDS:
        yield Finding(
            kind=_KINDS[actual.outcome], must=True, message=_message(expected, actual), expected=_wanted(expected)
        )
    elif expected.outcome == "returned" and actual.error is not None:
        kind: Kind = "memory" if is_memory_error(actual.error) else "raised"
        yield Finding(kind=kind, must=True, message=raised_text(actual.error), actual=_short(actual.error))
    elif expected.error is not None and actual.outcome == "returned":
        yield Finding(
            kind="raised",
            must=True,
            message=say("expected {error} to be raised, but the call returned", error=expected.error.type_names[0]),
            expected=say("raises {error}", error=expected.error.type_names[0]),
            actual=say("returned normally"),
        )
    elif expected.error is not None and actual.error is not None:
        wanted = expected.error.type_names[0]
        if wanted not in actual.error.type_names:
            yield Finding(
                kind="raised",
                must=True,
                message=say("expected {error}, but {got}", error=wanted, got=raised_text(actual.error)),
                expected=say("raises {error}", error=wanted),
                actual=_short(actual.error),
            )


def is_memory_error(error: Raised) -> bool:
    """Say whether an exception tells of memory that could not be had."""
    text = error.message.lower()
    return "MemoryError" in error.type_names or (
        "RuntimeError" in error.type_names and any(phrase in text for phrase in _ALLOCATION)
    )


def raised_text(error: Raised) -> str:
    """Return one sentence about an exception and the line of the submission it came from.

    >>> raised_text(Raised(("ValueError", "Exception"), "no", 3, "raise ValueError('no')"))
    "line 3 raised ValueError: no (raise ValueError('no'))"
    >>> raised_text(Raised(("TypeError", "Exception"), "f() takes 1 positional argument but 2 were given"))
    'a call of your code raised TypeError: f() takes 1 positional argument but 2 were given'
    """
    name = error.type_names[0] if error.type_names else say("an exception")
    if error.message:
        name = f"{name}: {error.message}"
    if error.line is None:
        if "TypeError" in error.type_names and _SIGNATURE.search(error.message):
            return say("a call of your code raised {error}", error=name)
        return say("using the result raised {error}", error=name)
    if error.code:
        name = f"{name} ({error.code})"
    return say("{place} raised {error}", place=place_of(error.line, error.cell), error=name)


def _short(error: Raised) -> str:
    name = error.type_names[0] if error.type_names else say("an exception")
    return say("raised {error}", error=f"{name}: {error.message}" if error.message else name)


def _wanted(expected: Observation) -> str:
    return say("raises {error}", error=expected.error.type_names[0]) if expected.error else ""


def _message(expected: Observation, actual: Observation) -> str:
    if actual.outcome == "missing":
        return say("the submission does not define {names}", names=actual.detail)
    if actual.outcome == "unusable" and expected.outcome == "returned":
        wanted = kind_of(expected.value)
        if actual.detail.startswith(TOO_LARGE):
            size = actual.detail.removeprefix(TOO_LARGE)
            return say("the result is too large to be compared: {size}; expected {wanted}", size=size, wanted=wanted)
        return say("the result cannot be compared: {why}; expected {wanted}", why=actual.detail, wanted=wanted)
    return actual.detail or actual.outcome
