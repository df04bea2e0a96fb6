"""What a submission's function was really given, where a probe changes what was drawn before it calls it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy

from grader.authoring.strategies.convert import to_plain
from grader.engine.session import Session
from grader.judging.comparison import Failure, decode_untrusted
from grader.records.errors import AuthorError
from grader.records.findings import Kind
from grader.records.observations import Example, decode_example
from grader.records.text import example_code
from grader.records.values import MappingValue, OpaqueValue, SequenceValue, Value

LONGEST = 1500
"""Characters; what takes more is not shown."""
_ENDLESS: frozenset[Kind] = frozenset({"timeout", "memory", "crashed", "protocol", "missing", "nondeterministic"})
"""Findings after which a further call would cost time or end the process."""


def actual_arguments(session: Session, failure: Failure, names: tuple[str, ...]) -> str:
    """Return code for what the first call of one of these functions got on a failing example.

    Empty where those are the drawn arguments themselves, and where they cannot be written down or are not known.
    It comes from the submission's own process, so it is shown and nothing else.
    """
    if failure.example is None or any(finding.kind in _ENDLESS for finding in failure.findings):
        return ""
    observation = decode_untrusted(session.call(failure.probe, [failure.example], failure.device, show=names)[0].body)
    if observation.outcome != "returned" or not isinstance(observation.value, MappingValue):
        return ""
    drawn = list(decode_example(failure.example).arguments.values())
    for function, given in observation.value.items:
        if not isinstance(given, MappingValue) or not isinstance(function, str):
            continue
        values = {str(name): value for name, value in given.items}
        changed = any(not any(_equal(value, one) for one in drawn) for value in values.values())
        if changed and all(name.isidentifier() for name in values) and not any(map(_is_opaque, values.values())):
            code = example_code(Example(values))
            return f"# {function} was called with\n{code}" if len(code) <= LONGEST else ""
    return ""


def _is_opaque(value: Value) -> bool:
    return isinstance(value, OpaqueValue) or any(map(_is_opaque, _inside(value)))


def _inside(value: Value) -> Iterator[Value]:
    if isinstance(value, SequenceValue):
        yield from value.items
    elif isinstance(value, MappingValue):
        for key, item in value.items:
            yield from (key, item)


def _equal(one: Value, other: Value) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, SequenceValue) and isinstance(other, SequenceValue):
        items = zip(one.items, other.items, strict=False)
        return one.kind == other.kind and len(one.items) == len(other.items) and all(_equal(*pair) for pair in items)
    if isinstance(one, MappingValue) and isinstance(other, MappingValue):
        return len(one.items) == len(other.items) and all(map(_equal, _inside(one), _inside(other)))
    try:
        left, right = to_plain(one), to_plain(other)
    except AuthorError:  # bfloat16, and what is no plain data
        return one == other
    if isinstance(left, numpy.ndarray) and isinstance(right, numpy.ndarray):
        return left.dtype == right.dtype and left.shape == right.shape and left.tobytes() == right.tobytes()
    return bool(left == right)
