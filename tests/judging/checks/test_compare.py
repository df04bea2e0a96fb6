"""Every check finds its planted difference, and equal observations have none."""

from __future__ import annotations

import dataclasses

import numpy
import pytest

from grader.authoring.exercises import Policy
from grader.judging.checks import CHECKS, compare
from grader.records.observations import Observation, Raised
from grader.records.values import (
    ArrayValue,
    LawfulValue,
    MappingValue,
    OpaqueValue,
    SequenceValue,
    TensorValue,
    Value,
)


def tensor(rows: object, dtype: str = "float32", **fields: object) -> TensorValue:
    array = numpy.asarray(rows, dtype=dtype)
    return TensorValue(dtype, tuple(array.shape), array.tobytes(), **fields)  # type: ignore[arg-type]


def returned(value: Value, **fields: object) -> Observation:
    return Observation("returned", value, **fields)  # type: ignore[arg-type]


def kinds(expected: Observation, actual: Observation, policy: Policy | None = None) -> list[str]:
    return [finding.kind for finding in compare(expected, actual, policy or Policy())]


SAME = [
    None,
    True,
    3,
    -1.5,
    float("nan"),
    float("inf"),
    "text",
    tensor([[1, 2], [3, 4]]),
    tensor([float("nan"), float("inf")]),
    tensor([], "int64"),
    ArrayValue("uint8", (2,), b"\x01\x02"),
    SequenceValue("tuple", (1, SequenceValue("list", (tensor([1.0]),)))),
    MappingValue((("a", 1), ("b", tensor([True], "bool")))),
]


@pytest.mark.parametrize("value", SAME, ids=repr)
def test_equal_values_have_no_finding(value: Value) -> None:
    assert compare(returned(value), returned(value), Policy()) == ()


DIFFERENT: list[tuple[str, Value, Value]] = [
    ("value", 3, 4),
    ("type", 3, 3.0),
    ("type", 1, True),
    ("type", None, 0),
    ("value", 1.0, 1.1),
    ("value", float("nan"), 1.0),
    ("value", "a", "b"),
    ("value", tensor([1, 2]), tensor([1, 3])),
    ("value", tensor([float("nan")]), tensor([0.0])),
    ("value", tensor([float("inf")]), tensor([float("-inf")])),
    ("value", tensor([True], "bool"), tensor([False], "bool")),
    ("shape", tensor([[1, 1]]), tensor([1, 1])),
    ("shape", tensor([]), tensor([[]])),
    ("dtype", tensor([1]), tensor([1], "float64")),
    ("device", tensor([1]), tensor([1], device="cuda")),
    ("requires_grad", tensor([1], requires_grad=True), tensor([1])),
    ("type", tensor([1]), 1.0),
    ("type", tensor([1], kind="parameter"), tensor([1])),
    ("type", ArrayValue("uint8", (), b"\x01"), tensor(1, "uint8")),
    ("dtype", ArrayValue("uint8", (), b"\x01"), ArrayValue("int8", (), b"\x01")),
    ("type", SequenceValue("tuple", ()), SequenceValue("set", ())),
    ("structure", SequenceValue("tuple", (1,)), SequenceValue("tuple", (1, 2))),
    ("value", SequenceValue("list", (1, 2)), SequenceValue("list", (2, 1))),
    ("structure", MappingValue((("a", 1),)), MappingValue((("b", 1),))),
    ("value", MappingValue((("a", 1),)), MappingValue((("a", 2),))),
    ("type", tensor([1]), OpaqueValue("Foo")),
    ("unusable", OpaqueValue("Foo"), OpaqueValue("Foo")),
]


@pytest.mark.parametrize(("kind", "expected", "actual"), DIFFERENT, ids=repr)
def test_each_difference_costs_points(kind: str, expected: Value, actual: Value) -> None:
    found = compare(returned(expected), returned(actual), Policy())
    assert kind in [finding.kind for finding in found]
    assert all(finding.must for finding in found)


def test_shapes_are_never_broadcast() -> None:
    assert kinds(returned(tensor([[1.0], [1.0]])), returned(tensor([1.0, 1.0]))) == ["shape"]


def test_measured_difference() -> None:
    expected = numpy.zeros((3, 4), dtype="float32")
    actual = expected.copy()
    actual[1, 2], actual[0, 0], actual[2, 3] = 0.25, 0.125, -0.125
    found = compare(returned(tensor(expected)), returned(tensor(actual)), Policy())
    assert found[0].message == "3 of 12 elements differ; greatest difference 0.25 at [1, 2], allowed 1e-05"


def test_where_names_the_part() -> None:
    expected = MappingValue((("values", SequenceValue("list", (tensor([1]), tensor([2])))),))
    actual = MappingValue((("values", SequenceValue("list", (tensor([1]), tensor([3])))),))
    assert compare(returned(expected), returned(actual), Policy())[0].where == "result['values'][1]"


def test_rounding_is_allowed_and_more_is_not() -> None:
    assert kinds(returned(tensor([1.0])), returned(tensor([1.000001]))) == []
    assert kinds(returned(tensor([1.0])), returned(tensor([1.001]))) == ["value"]
    assert kinds(returned(tensor([1.0])), returned(tensor([1.001])), Policy(atol=0.01)) == []


def test_a_list_is_a_tuple_unless_strict() -> None:
    expected, actual = returned(SequenceValue("list", (1,))), returned(SequenceValue("tuple", (1,)))
    assert kinds(expected, actual) == []
    assert kinds(expected, actual, Policy(strict_sequences=True)) == ["type"]


def test_lawful_parts_are_not_compared() -> None:
    assert kinds(returned(LawfulValue(1)), returned(LawfulValue(2))) == []
    assert kinds(returned(LawfulValue(1)), returned(OpaqueValue("Foo"))) == []


RAISED = Observation("raised", error=Raised(("KeyError", "LookupError", "Exception"), "'x'", 3, "d[k]"))


def test_an_empty_result_may_lack_the_flag() -> None:
    assert kinds(returned(tensor([], requires_grad=True)), returned(tensor([]))) == []
    assert kinds(returned(tensor([0], requires_grad=True)), returned(tensor([0]))) == ["requires_grad"]


def test_outcomes() -> None:
    assert kinds(returned(1), RAISED) == ["raised"]
    assert kinds(RAISED, returned(1)) == ["raised"]
    assert kinds(RAISED, RAISED) == []
    other = Observation("raised", error=Raised(("ValueError", "Exception"), "no"))
    assert kinds(RAISED, other) == ["raised"]
    narrower = Observation("raised", error=Raised(("MyKeyError", "KeyError", "LookupError"), "no"))
    assert kinds(RAISED, narrower) == []
    for outcome in ("missing", "unusable", "timeout", "crashed", "protocol", "memory"):
        assert kinds(returned(1), Observation(outcome, detail="told")) == [outcome]  # type: ignore[arg-type]


def test_out_of_memory_is_told_apart() -> None:
    text = "[enforce fail at alloc_cpu.cpp] DefaultCPUAllocator: can't allocate memory: you tried to allocate 8 bytes"
    assert kinds(returned(1), Observation("raised", error=Raised(("RuntimeError",), text))) == ["memory"]
    assert kinds(returned(1), Observation("raised", error=Raised(("MemoryError",), ""))) == ["memory"]


def test_message_names_line_and_code() -> None:
    found = compare(returned(1), RAISED, Policy())
    assert found[0].message == "line 3 raised KeyError: 'x' (d[k])"


def test_gradients() -> None:
    expected = returned(1, gradients=(("x", tensor([1.0, 2.0])),))
    assert kinds(expected, returned(1, gradients=(("x", tensor([1.0, 2.0])),))) == []
    assert kinds(expected, returned(1, gradients=(("x", tensor([2.0, 1.0])),))) == ["gradient"]
    assert kinds(expected, returned(1, gradients=(("x", None),))) == ["gradient"]
    assert kinds(expected, returned(1)) == ["gradient"]
    zero = returned(1, gradients=(("x", tensor([0.0])),))
    assert kinds(zero, returned(1, gradients=(("x", None),))) == []
    assert kinds(expected, returned(1), Policy(gradients="off")) == []


@pytest.mark.parametrize(
    ("field", "value", "kind", "option"),
    [
        ("mutated", ("x",), "mutation", "mutation"),
        ("aliased", (("result", "x"),), "aliasing", "aliasing"),
        ("rng_moved", ("torch",), "rng", "rng"),
    ],
)
def test_side_effects(field: str, value: object, kind: str, option: str) -> None:
    clean, dirty = returned(1), returned(1, **{field: value})
    assert kinds(clean, dirty) == [kind]
    assert kinds(dirty, dirty) == []
    assert kinds(dirty, clean) == []
    for severity, count in (("must", 1), ("advice", 1), ("off", 0)):
        policy = dataclasses.replace(Policy(), **{option: severity})
        found = compare(clean, dirty, policy)
        assert len(found) == count
        assert all(finding.must == (severity == "must") for finding in found)


@pytest.mark.parametrize("name", list(CHECKS))
def test_no_check_can_be_left_out(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted twin: without its check, each kind of difference goes unseen."""
    planted = {
        "outcome": (returned(1), RAISED),
        "value": (returned(1), returned(2)),
        "gradient": (returned(1, gradients=(("x", tensor([1.0])),)), returned(1)),
        "mutation": (returned(1), returned(1, mutated=("x",))),
        "aliasing": (returned(1), returned(1, aliased=(("result", "x"),))),
        "rng": (returned(1), returned(1, rng_moved=("torch",))),
    }
    expected, actual = planted[name]
    assert compare(expected, actual, Policy())
    monkeypatch.delitem(CHECKS, name)
    assert not compare(expected, actual, Policy())
