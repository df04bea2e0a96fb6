"""What a value is, in words that a student knows."""

from __future__ import annotations

from grader.records.text.saying import later, say
from grader.records.values import (
    ArrayValue,
    BigIntValue,
    BytesValue,
    LawfulValue,
    MappingValue,
    OpaqueValue,
    SequenceValue,
    TensorValue,
    Value,
)

_NAMES: dict[type, str] = {
    ArrayValue: later("a numpy array"),
    MappingValue: later("a dict"),
    BigIntValue: "int",
    BytesValue: "bytes",
}


def kind_of(value: Value) -> str:
    """Return what a value is, for a sentence.

    >>> kind_of(None), kind_of(3), kind_of(SequenceValue("list", ())), kind_of(OpaqueValue("sparse tensor on cpu"))
    ('None', 'int', 'a list', 'a sparse tensor on cpu')
    """
    if value is None:
        return "None"
    if isinstance(value, TensorValue):
        return say("a tensor of shape {shape}", shape=str(value.shape))
    if isinstance(value, SequenceValue):
        return say("a {kind}", kind=value.kind)
    if isinstance(value, OpaqueValue):
        if " " in value.type_name:  # it says what it is: "sparse tensor on cpu"
            return say("a {kind}", kind=value.type_name)
        return say("an object of type {kind}", kind=value.type_name)
    if isinstance(value, LawfulValue):
        return kind_of(value.value)
    return say(_NAMES[type(value)]) if type(value) in _NAMES else type(value).__name__
