"""Did it return where the reference returns, and raise what the reference raises?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from grader.authoring.exercises import Policy
from grader.records.findings import Finding, Kind
from grader.records.limits import Limit
from grader.records.observations import Observation, Raised

_KINDS: dict[str, Kind] = {
    "missing": "missing",
    "unusable": "unusable",
    "timeout": "timeout",
    "memory": "memory",
    "crashed": "crashed",
    "protocol": "protocol",
}

_ALLOCATION = ("can't allocate memory", "not enough memory", "out of memory", "unable to allocate")


def check(expected: Observation, actual: Observation, policy: Policy, limits: Mapping[str, Limit]) -> Iterator[Finding]:
    """Yield one finding when the outcomes differ."""
    if actual.outcome in _KINDS:
        yield Finding(kind=_KINDS[actual.outcome], must=True, message=_told(actual), expected=_wanted(expected))
    elif expected.outcome == "returned" and actual.error is not None:
        kind: Kind = "memory" if is_memory_error(actual.error) else "raised"
        yield Finding(kind=kind, must=True, message=raised_text(actual.error), actual=_short(actual.error))
    elif expected.error is not None and actual.outcome == "returned":
        yield Finding(
            kind="raised",
            must=True,
            message=f"expected {expected.error.type_names[0]} to be raised, but the call returned",
            expected=f"raises {expected.error.type_names[0]}",
            actual="returned normally",
        )
    elif expected.error is not None and actual.error is not None:
        wanted = expected.error.type_names[0]
        if wanted not in actual.error.type_names:
            yield Finding(
                kind="raised",
                must=True,
                message=f"expected {wanted}, but {raised_text(actual.error)}",
                expected=f"raises {wanted}",
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
    """
    name = error.type_names[0] if error.type_names else "an exception"
    message = f": {error.message}" if error.message else ""
    if error.line is None:
        return f"using the result raised {name}{message}"
    cell = f"cell {error.cell}, " if error.cell is not None else ""
    code = f" ({error.code})" if error.code else ""
    return f"{cell}line {error.line} raised {name}{message}{code}"


def _short(error: Raised) -> str:
    return f"raised {error.type_names[0] if error.type_names else 'an exception'}: {error.message}"


def _wanted(expected: Observation) -> str:
    return f"raises {expected.error.type_names[0]}" if expected.error else ""


def _told(actual: Observation) -> str:
    if actual.outcome == "missing":
        return f"the submission does not define {actual.detail}"
    return actual.detail or actual.outcome
