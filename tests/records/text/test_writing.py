"""Code that is pasted gives the value back; what is abbreviated cannot be mistaken for the whole."""

from __future__ import annotations

import numpy
import pytest
import torch
from hypothesis import example, find, given, settings
from hypothesis.errors import NoSuchExample

from grader.records.observations import Example
from grader.records.text.writing import code, example_code
from grader.records.values import ArrayValue, BigIntValue, MappingValue, OpaqueValue, SequenceValue, TensorValue, Value

from .values import evaluate, same, tensor_values, values


def tensor(items: object, dtype: str = "float32", **more: object) -> TensorValue:
    array = numpy.array(items, dtype)
    return TensorValue(dtype, array.shape, array.tobytes(), **more)  # type: ignore[arg-type]


WRITTEN: dict[str, tuple[Value, str]] = {
    "matrix": (tensor([[1, 2], [3, 4.5]]), "torch.tensor([[1., 2.], [3., 4.5]])"),
    "float64": (tensor([0.1], "float64"), "torch.tensor([0.1], dtype=torch.float64)"),
    "int64": (tensor([1, -2], "int64"), "torch.tensor([1, -2])"),
    "uint8": (tensor([255], "uint8"), "torch.tensor([255], dtype=torch.uint8)"),
    "bool": (tensor([True, False], "bool"), "torch.tensor([True, False])"),
    "scalar": (tensor(-0.0), "torch.tensor(-0.)"),
    "bfloat16": (TensorValue("bfloat16", (2,), b"\x80\x3f\xcd\x3d"), "torch.tensor([1., 0.1], dtype=torch.bfloat16)"),
    "float16": (tensor([0.1], "float16"), "torch.tensor([0.1], dtype=torch.float16)"),
    "special": (tensor([numpy.nan, -numpy.inf]), "torch.tensor([torch.nan, -torch.inf])"),
    "complex": (tensor([1 - 2j, complex(-0.0, 1)], "complex64"), "torch.tensor([1.-2.j, complex(-0., 1.)])"),
    "empty": (tensor(numpy.empty((0, 3))), "torch.empty((0, 3))"),
    "empty int64": (tensor(numpy.empty((2, 0)), "int64"), "torch.empty((2, 0), dtype=torch.int64)"),
    "uniform": (tensor(numpy.zeros((10, 20))), "torch.zeros((10, 20))"),
    "uniform half": (tensor(numpy.full(30, 0.5), "float64"), "torch.full((30,), 0.5, dtype=torch.float64)"),
    "transposed": (tensor([1, 2, 3, 4, 5, 6]), ""),
    "cuda": (tensor([1], device="cuda"), 'torch.tensor([1.], device="cuda")'),
    "gradient": (tensor([1], requires_grad=True), "torch.tensor([1.]).requires_grad_()"),
    "parameter": (tensor([1], requires_grad=True, kind="parameter"), "torch.nn.Parameter(torch.tensor([1.]))"),
    "array": (ArrayValue("uint8", (1, 2), b"\x01\x02"), "np.array([[1, 2]], dtype=np.uint8)"),
    "list": (SequenceValue("list", (1, None, "a")), "[1, None, 'a']"),
    "tuple of one": (SequenceValue("tuple", (True,)), "(True,)"),
    "empty set": (SequenceValue("set", ()), "set()"),
    "dict": (MappingValue((("a", 1.5), (2, float("inf")))), "{'a': 1.5, 2: float(\"inf\")}"),
    "big int": (BigIntValue("-0xffffffffffffffffffff"), "-0xffffffffffffffffffff"),
    "not sent": (OpaqueValue("Mod\x1bel"), r"<Mod\x1bel>"),
}
del WRITTEN["transposed"]


@pytest.mark.parametrize(("value", "written"), WRITTEN.values(), ids=WRITTEN.keys())
def test_as_a_person_would_write_it(value: Value, written: str) -> None:
    assert code(value) == written


@pytest.mark.parametrize(
    ("shape", "strides", "offset", "written"),
    [
        ((2, 3), (1, 2), 0, "torch.tensor([[0., 1.], [2., 3.], [4., 5.]]).t()"),
        ((3,), (2,), 0, "torch.tensor([0., 1., 2., 3., 4., 5.])[::2]"),
        ((2, 2), (3, 1), 1, "torch.tensor([[0., 1., 2.], [3., 4., 5.]])[:, 1:]"),
        ((1, 3), (3, 1), 3, "torch.tensor([[0., 1., 2.], [3., 4., 5.]])[1:]"),
        ((2, 2), (2, 3), 0, "torch.tensor([0., 1., 2., 3., 4., 5.]).as_strided((2, 2), (2, 3), 0)"),
    ],
)
def test_views_are_shown_as_views(shape: tuple[int, ...], strides: tuple[int, ...], offset: int, written: str) -> None:
    value = tensor(range(6), "float32", strides=strides, offset=offset)
    value = TensorValue(value.dtype, shape, value.data, strides=strides, offset=offset)
    assert code(value) == written
    assert same(evaluate(written), value)


@settings(deadline=None, max_examples=300)
@given(values)
def test_the_code_evaluates_to_the_value(value: Value) -> None:
    assert same(evaluate(code(value)), value)
    assert same(evaluate(code(value, width=30).replace("\n", " ")), value)


@settings(deadline=None, max_examples=300)
@given(tensor_values())
@example(TensorValue("float32", (2,), numpy.array([16777217.0, 0.1], "<f4").tobytes()))
def test_the_code_evaluates_to_the_tensor(value: TensorValue) -> None:
    assert same(evaluate(code(value, width=40)), value)


def rounded(value: Value) -> str:
    import re

    return re.sub(r"(\.\d{3})\d+", r"\1", code(value))


def without_dtype(value: Value) -> str:
    return code(value).replace(", dtype=torch.float64", "")


def without_view(value: Value) -> str:
    return code(value).replace(".t()", "")


@pytest.mark.parametrize("broken", [rounded, without_dtype, without_view])
def test_planted_bugs_are_found_by_the_same_comparison(broken: object) -> None:
    found = find(
        tensor_values(),
        lambda value: not same(evaluate(broken(value)), value),  # type: ignore[operator]
        settings=settings(max_examples=5000, database=None),
    )
    assert same(evaluate(code(found)), found)


def test_the_correct_code_survives_the_same_search() -> None:
    with pytest.raises(NoSuchExample):
        find(tensor_values(), lambda value: not same(evaluate(code(value)), value), settings=settings(database=None))


def test_a_large_tensor_is_abbreviated_to_something_that_cannot_be_evaluated() -> None:
    value = tensor(numpy.arange(1 << 20).reshape(1024, 1024))
    written = code(value)
    assert written == "torch.tensor([0., 1., 2., 3., 4., 5., ...]).reshape(1024, 1024)"
    with pytest.raises(Exception, match="ellipsis"):
        evaluate(written)


def test_many_small_items_are_abbreviated_too() -> None:
    value = SequenceValue("list", tuple(SequenceValue("list", (i,)) for i in range(100_000)))
    assert len(code(value)) < 10_000


def test_wide_code_is_broken_over_lines() -> None:
    assert code(tensor(numpy.arange(6).reshape(2, 3) / 4, "float64"), width=40) == (
        "torch.tensor([\n    [0., 0.25, 0.5],\n    [0.75, 1., 1.25],\n], dtype=torch.float64)"
    )


def test_an_example_is_written_as_assignments() -> None:
    arguments = {"x": tensor([[1.0, 2.0]]), "index": tensor([0], "int64"), "dim": -1}
    assert example_code(Example(arguments, gradient=("x", "index"), seed=3), seeded=True) == (
        "torch.manual_seed(3)\nx = torch.tensor([[1., 2.]]).requires_grad_()\nindex = torch.tensor([0])\ndim = -1"
    )


def test_an_abbreviated_example_says_so() -> None:
    written = example_code(Example({"x": tensor(numpy.arange(5000)), "dim": 0}))
    assert written.splitlines()[-1] == "# `...` stands for 4994 elements: too many to write out"


def test_bytes_that_do_not_fit_are_told_and_not_read() -> None:
    assert code(TensorValue("float32", (3,), b"\x00")) == "<1 bytes of float32>"
    assert code(TensorValue("no\x1b", (3,), b"\x00")) == r"<1 bytes of no\x1b>"


def test_the_example_code_runs() -> None:
    space: dict[str, object] = {"torch": torch}
    exec(example_code(Example({"x": tensor(numpy.arange(200)), "n": 2}, gradient=("x",))), space)
    assert torch.equal(space["x"], torch.arange(200.0))  # type: ignore[arg-type]
    assert space["x"].requires_grad  # type: ignore[attr-defined]


def test_importing_the_command_line_and_reports_loads_nothing_heavy() -> None:
    import subprocess
    import sys

    heavy = "[name for name in ('numpy', 'torch', 'hypothesis', 'jinja2') if name in sys.modules]"
    code = f"import sys, grader.records.text.clean, grader.results.report, grader.results.render; print({heavy})"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
