from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest
import torch

from grader.authoring.strategies.convert import to_plain, to_value
from grader.authoring.strategies.drawing import make_example
from grader.records.errors import AuthorError
from grader.records.observations import decode_example, encode_example
from grader.records.values import ArrayValue, BigIntValue, BytesValue, LawfulValue, SequenceValue, TensorValue, validate


@pytest.mark.parametrize(
    "thing",
    [
        None,
        True,
        3,
        -(2**63),
        2**70,
        1.5,
        "한글",
        b"\0\xff",
        [1, [2, (3,)]],
        {"a": [1], 2: None},
        {1, 2},
        frozenset("ab"),
    ],
)
def test_plain_data_survives_the_way_to_a_file_and_back(thing: Any) -> None:
    value = to_value(thing)
    validate(value)
    example = decode_example(encode_example(make_example({"x": value}, ())))
    back = to_plain(example.arguments["x"])
    assert back == thing
    assert type(back) is type(thing)


def test_numbers_of_numpy_become_plain() -> None:
    assert type(to_value(np.float64(0.5))) is float
    assert type(to_value(np.int64(3))) is int
    assert to_value(np.bool_(True)) is True
    assert isinstance(to_value(2**64), BigIntValue)
    assert isinstance(to_value(b"a"), BytesValue)


def test_sets_have_one_order() -> None:
    value = to_value({"b", "a", "c"})
    assert isinstance(value, SequenceValue)
    assert value.items == ("a", "b", "c")


def test_arrays_of_any_memory_order() -> None:
    array = np.arange(6, dtype=">i4").reshape(2, 3).T
    value = to_value(array)
    assert isinstance(value, ArrayValue)
    assert to_plain(value).tolist() == array.tolist()
    assert value.dtype == "int32"


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.int64, torch.bool, torch.uint8, torch.float16])
def test_tensors_keep_their_elements_and_strides(dtype: torch.dtype) -> None:
    base = torch.arange(24).reshape(4, 6).to(dtype)
    for tensor in (base, base.t(), base[1:, 1::2], base[:, 0], base[0, 0], base[:0], base.expand(2, 4, 6)):
        value = to_value(tensor)
        validate(value)
        assert isinstance(value, TensorValue)
        assert to_plain(value).tolist() == tensor.tolist()
        if tensor.numel():
            assert (value.strides is None) == tensor.is_contiguous()
            assert value.strides in (None, tensor.stride())


def test_brain_floats_and_parameters() -> None:
    value = to_value(torch.tensor([1.0, 2.0], dtype=torch.bfloat16))
    assert isinstance(value, TensorValue)
    assert (value.dtype, value.data) == ("bfloat16", b"\x80\x3f\x00\x40")
    with pytest.raises(AuthorError, match="bfloat16 has no numpy counterpart"):
        to_plain(value)
    parameter = to_value(torch.nn.Parameter(torch.ones(2)))
    assert isinstance(parameter, TensorValue)
    assert (parameter.kind, parameter.requires_grad) == ("parameter", True)


@pytest.mark.parametrize("thing", [object(), np.array(["a"]), [object()], np.zeros(1, "datetime64[s]")])
def test_what_cannot_be_sent(thing: Any) -> None:
    with pytest.raises(AuthorError, match="cannot be sent"):
        to_value(thing)


def test_a_mark_is_no_argument() -> None:
    with pytest.raises(AuthorError, match="LawfulValue is no example argument"):
        to_plain(LawfulValue(1))


def test_drawing_imports_neither_torch_nor_hypothesis() -> None:
    code = (
        "import sys; from grader.authoring import *; from grader.authoring.declarations import make_probe\n"
        "from grader.judging.examples.bank import draw_bank\n"
        "def p(submission, x=tensors('...'), dim=axis_of('x')): ...\n"
        "draw_bank(make_probe(p), 20, 1)\n"
        "assert not {'torch', 'hypothesis'} & set(sys.modules), 'imported'"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
