"""Short forms stay short, say what they leave out and hold nothing hostile."""

from __future__ import annotations

import numpy
import pytest
from hypothesis import given, settings

from grader.records.text.clean import clean
from grader.records.text.short import show
from grader.records.values import ArrayValue, LawfulValue, MappingValue, OpaqueValue, SequenceValue, TensorValue, Value

from .values import values


def tensor(items: object, dtype: str = "float32", **more: object) -> TensorValue:
    array = numpy.array(items, dtype)
    return TensorValue(dtype, array.shape, array.tobytes(), **more)  # type: ignore[arg-type]


SHOWN: dict[str, tuple[Value, str]] = {
    "matrix": (tensor([[1, 2], [3, 4.5]]), "tensor([[1., 2.], [3., 4.5]])"),
    "dtype": (tensor([1], "float64"), "tensor([1.], dtype=float64)"),
    "device": (tensor([1], device="cuda"), "tensor([1.], device=cuda)"),
    "gradient": (tensor([1], requires_grad=True), "tensor([1.], requires_grad=True)"),
    "scalar": (tensor(numpy.nan), "tensor(nan)"),
    "empty": (tensor(numpy.empty((0, 3))), "empty tensor of shape (0, 3), float32"),
    "array": (ArrayValue("uint8", (2,), b"\x01\x02"), "array([1, 2], dtype=uint8)"),
    "parameter": (tensor([1], requires_grad=True, kind="parameter"), "Parameter([1.])"),
    "none": (None, "None"),
    "text": ("a\x1b", r"'a\x1b'"),
    "dict": (MappingValue((("values", tensor([1])), ("n", 2))), "{'values': tensor([1.]), 'n': 2}"),
    "tuple of one": (SequenceValue("tuple", (1,)), "(1,)"),
    "empty list": (SequenceValue("list", ()), "[]"),
    "empty set": (SequenceValue("set", ()), "set()"),
    "frozenset": (SequenceValue("frozenset", (1,)), "frozenset{1}"),
    "lawful": (LawfulValue(3), "3"),
    "opaque": (OpaqueValue("Linear"), "<Linear>"),
    "long text": ("x" * 500, "'" + "x" * 200 + "'... (300 more)"),
    "many": (SequenceValue("list", tuple(range(1000))), ""),
}
del SHOWN["many"]


@pytest.mark.parametrize(("value", "shown"), SHOWN.values(), ids=SHOWN.keys())
def test_short_forms(value: Value, shown: str) -> None:
    assert show(value) == shown


def test_what_does_not_fit_is_counted() -> None:
    assert show(tensor(numpy.arange(1 << 20).reshape(1024, 1024)), 70) == (
        "tensor of shape (1024, 1024), float32: 0., 1., 2., ... (1048573 more)"
    )
    assert show(SequenceValue("list", tuple(range(1000))), 40) == "[0, 1, 2, 3, 4, 5, 6, ... (993 more)]"


@settings(deadline=None)
@given(values)
def test_short_forms_are_one_short_harmless_line(value: Value) -> None:
    shown = show(value, 100)
    assert shown == clean(shown, 10_000, newlines=False)
    assert len(shown) < 1000
