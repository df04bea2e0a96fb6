"""Every drawn value is valid for what was asked, whatever the seed; and each check notices a planted violation."""

from __future__ import annotations

import math
from collections.abc import Iterator
from random import Random
from typing import Any

import numpy as np
import pytest
import torch

from grader.authoring import (
    arrays,
    axis_of,
    boolean_masks,
    booleans,
    choices,
    derived,
    floats,
    gather_index,
    ids_image,
    increasing,
    index_tensor,
    integers,
    just,
    lengths,
    lists_of,
    records,
    seeds,
    select_index,
    size_of,
    tensors,
    text_words,
    tuples_of,
)
from grader.authoring.strategies.context import Rejected
from grader.authoring.strategies.convert import to_plain
from grader.authoring.strategies.drawing import draw_example
from grader.authoring.strategies.sources import RandomSource
from grader.records.errors import AuthorError
from grader.records.observations import Example
from grader.records.values import TensorValue, validate

DRAWS = 150


def drawn(**arguments: Any) -> Iterator[Example]:
    for seed in range(DRAWS):
        try:
            example = draw_example(arguments, RandomSource(Random(seed)))
        except Rejected:
            continue
        for value in example.arguments.values():
            validate(value)
        yield example


def plain(**arguments: Any) -> list[dict[str, Any]]:
    return [{name: to_plain(v) for name, v in example.arguments.items()} for example in drawn(**arguments)]


def test_names_are_shared_and_all_sizes_occur() -> None:
    examples = plain(a=tensors("i k"), b=arrays("k j"))
    assert all(e["a"].shape[1] == e["b"].shape[0] for e in examples)
    assert {e["a"].shape[0] for e in examples} == {0, 1, 2, 3, 4, 5}
    assert any(e["a"].shape[0] != e["b"].shape[1] for e in examples)


def test_arithmetic_fixed_sizes_and_a_scalar() -> None:
    examples = plain(x=tensors("2*n+1 3 m//2", sizes={"n": (1, 2), "m": (4, 5)}), y=tensors(""))
    assert {e["x"].shape for e in examples} == {(3, 3, 2), (5, 3, 2)}
    assert all(e["y"].shape == () for e in examples)


def test_any_rank_is_shared_unless_it_is_local() -> None:
    examples = plain(x=tensors("..."), m=tensors("...", dtype="bool"), other=tensors("~..."), named=tensors("*s 2"))
    assert all(e["x"].shape == e["m"].shape for e in examples)
    assert {e["x"].ndim for e in examples} == {1, 2, 3, 4}
    assert any(e["other"].shape != e["x"].shape for e in examples)
    assert {e["named"].ndim for e in examples} == {1, 2, 3, 4}


def test_rank_counts_all_dimensions() -> None:
    assert {e["x"].ndim for e in plain(x=tensors("... d", rank=(1, 3)))} == {1, 2, 3}
    assert {e["x"].ndim for e in plain(x=tensors("...", rank=(0, 2)))} == {0, 1, 2}


def test_bounds_hold_wherever_they_are_written() -> None:
    for e in plain(first=tensors("n"), second=tensors("n m", sizes={"n": (2, 3)}), third=tensors("k", max_size=7)):
        assert 2 <= len(e["first"]) <= 3
        assert len(e["third"]) <= 7


def test_dtypes_of_a_family_agree() -> None:
    examples = plain(x=tensors("n", dtype="any"), y=tensors("m", dtype="any"), z=tensors("k", dtype="uint8"))
    assert all(e["x"].dtype == e["y"].dtype for e in examples)
    assert {e["x"].dtype.name for e in examples} == {"float32", "float64", "int64", "bool"}
    assert {e["z"].dtype.name for e in examples} == {"uint8"}


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8"])
@pytest.mark.parametrize(("low", "high"), [(0, 1), (3, 90), (0, None), (None, 50), (100, 101), (1, 3)])
def test_elements_lie_within_bounds(dtype: str, low: float | None, high: float | None) -> None:
    for e in plain(x=tensors("n m", dtype=dtype, low=low, high=high)):
        assert low is None or (e["x"] >= low).all()
        assert high is None or (e["x"] <= high).all()


def test_distinct_elements_ties_and_special_ones() -> None:
    assert all(len(set(e["x"].ravel().tolist())) == e["x"].size for e in plain(x=tensors("n m", distinct=True)))
    tied = [e for e in plain(x=tensors("n", ties=True, min_size=4)) if len(set(e["x"].tolist())) <= 3]
    assert len(tied) > DRAWS / 10
    special = plain(x=tensors("n", special=(math.nan, math.inf)))
    assert any(np.isnan(e["x"]).any() for e in special)
    assert any(np.isposinf(e["x"]).any() for e in special)
    assert any(np.isfinite(e["x"]).all() and len(e["x"]) > 3 for e in special)
    assert all(np.isfinite(e["x"]).all() for e in plain(x=tensors("n")))


def test_elements_include_large_and_all_negative_ones() -> None:
    floating = plain(x=tensors("n", min_size=2))
    assert all(np.abs(e["x"]).max() < 20 for e in floating)  # larger ones are corners
    assert any((e["x"] < 0).all() for e in floating)
    whole = plain(x=tensors("n", dtype="int64", min_size=2))
    assert any((e["x"].astype(np.float32).astype(np.int64) != e["x"]).any() for e in whole)


def test_products_and_sums_are_mostly_exact_in_float32_and_never_all_so_in_float16() -> None:
    exact = lost = 0
    for e in plain(a=tensors("i k", dtype="float32", min_size=1), b=tensors("k j", dtype="float32", min_size=1)):
        wide = e["a"].astype(np.float64) @ e["b"].astype(np.float64)
        exact += np.array_equal(e["a"] @ e["b"], wide)
        lost += not np.array_equal(e["a"].astype(np.float16).astype(np.float64) @ e["b"], wide)
    assert exact > DRAWS / 3
    assert lost > DRAWS / 10


def test_layouts_are_views_with_the_same_elements_and_foreign_ones_between() -> None:
    values = [e.arguments["x"] for e in drawn(x=tensors("n m", min_size=2, gradient=False))]
    views = [v for v in values if isinstance(v, TensorValue) and v.strides is not None]
    assert DRAWS / 10 < len(views) < DRAWS / 2
    assert {v.strides[-1] for v in views if v.strides} > {1, 2}
    for view in views:
        start = np.frombuffer(view.data, view.dtype)[: 2 * 2]
        assert not np.array_equal(start, to_plain(view).ravel()[:4]) or view.offset == 0
    contiguous = drawn(x=tensors("n m", layout="contiguous"))
    assert all(isinstance(e.arguments["x"], TensorValue) and e.arguments["x"].strides is None for e in contiguous)


def test_gradients_are_asked_for_on_some_examples_of_floating_tensors() -> None:
    asked = [e.gradient for e in drawn(x=tensors("n"), y=tensors("m", gradient=False), z=tensors("k", dtype="int64"))]
    assert set(asked) == {(), ("x",)}
    assert DRAWS / 5 < sum(map(bool, asked)) < DRAWS / 2
    nested = drawn(batch=lists_of(tensors("n")))
    assert {e.gradient for e in nested} == {()}
    both = {e.gradient for e in drawn(x=tensors("n"), w=tensors("m"))}
    assert both == {(), ("x",), ("w",), ("x", "w")}


def test_axes_cover_both_signs_and_avoid_empty_dimensions() -> None:
    examples = plain(x=tensors("..."), dim=axis_of("x"))
    assert all(-e["x"].ndim <= e["dim"] < e["x"].ndim for e in examples)
    assert {e["dim"] for e in examples} == set(range(-4, 4))
    assert all(e["x"].shape[e["dim"]] > 0 for e in plain(x=tensors("..."), dim=axis_of("x", nonempty=True)))
    assert {e["dim"] for e in plain(x=tensors(""), dim=axis_of("x"))} == {0, -1}


def test_gather_indices_are_what_torch_takes() -> None:
    smaller = longer = empty = 0
    for e in plain(x=tensors("..."), dim=axis_of("x"), index=gather_index("x", "dim")):
        x, dim, index = e["x"], e["dim"] % e["x"].ndim, e["index"]
        assert index.dtype == np.int64
        assert index.ndim == x.ndim
        others = [(n, m) for d, (n, m) in enumerate(zip(index.shape, x.shape, strict=True)) if d != dim]
        assert all(n <= m for n, m in others)
        assert index.size == 0 or (index.min() >= 0 and index.max() < x.shape[dim])
        smaller += any(0 < n < m for n, m in others)
        longer += index.shape[dim] > x.shape[dim]
        empty += index.size == 0
    assert min(smaller, longer, empty) > 3


def test_select_indices_repeat_and_are_empty_and_unsorted() -> None:
    found = [e["i"] for e in plain(x=tensors("n m"), dim=axis_of("x"), i=select_index("x", "dim"))]
    assert any(len(set(i.tolist())) < len(i) for i in found)
    assert any(len(i) == 0 for i in found)
    assert any(list(i) != sorted(i) for i in found)


def test_bounds_of_indices_may_be_numbers_names_and_functions() -> None:
    for e in plain(
        x=tensors("b n", sizes={"n": (1, 5)}),
        by_name=index_tensor("b k", "n"),
        by_number=index_tensor("k", 1000),
        by_function=index_tensor("k", lambda a: a.x.shape[1] + 1, low=1),
        lengths=lengths("b", "n"),
        upto=lengths("b", lambda a: 7, low=0),
        upto_number=lengths("b", 2),
        count=size_of("n+1"),
        some=index_tensor("j", 3, min_size=2, max_size=4),
    ):
        n = e["x"].shape[1]
        assert (e["by_name"] < n).all()
        assert (e["by_number"] < 1000).all()
        assert ((e["by_function"] >= 1) & (e["by_function"] <= n)).all()
        assert ((e["lengths"] >= 1) & (e["lengths"] <= n)).all()
        assert ((e["upto"] >= 0) & (e["upto"] <= 7)).all()
        assert ((e["upto_number"] >= 1) & (e["upto_number"] <= 2)).all()
        assert e["count"] == n + 1
        assert 2 <= len(e["some"]) <= 4


def test_ragged_lists_and_their_lengths() -> None:
    examples = plain(batch=lists_of(tensors("~t d")), labels=lists_of(integers(0, 3), size="k"), k=size_of("k"))
    assert all(len({x.shape[1] for x in e["batch"]}) <= 1 for e in examples)
    assert any(len({x.shape[0] for x in e["batch"]}) > 1 for e in examples)
    assert {len(e["batch"]) for e in examples} == {0, 1, 2, 3, 4, 5}
    assert all(len(e["labels"]) == e["k"] for e in examples)


def test_entries_share_their_own_sizes_and_refer_to_each_other() -> None:
    item = records(x=tensors("~t", min_size=1), y=tensors("~t"), dim=axis_of("x"))
    for e in plain(batch=lists_of(item, max_size=3), pair=tuples_of(tensors("~t"), tensors("~t"))):
        assert all(entry["x"].shape == entry["y"].shape and entry["dim"] in (0, -1) for entry in e["batch"])
        assert e["pair"][0].shape == e["pair"][1].shape


def test_numbers_words_and_constants() -> None:
    examples = plain(
        n=integers(-2, 3),
        wide=integers(-(2**40), 2**40),
        f=floats(0, 1),
        tiny=floats(0.1, 0.2),
        b=booleans(),
        c=choices("add", None, 3),
        j=just({"a": [1, 2.5]}),
        w=text_words(0, 2),
        s=seeds(),
    )
    assert {e["n"] for e in examples} == {-2, -1, 0, 1, 2, 3}
    assert all(0 <= e["f"] <= 1 and 0.1 <= e["tiny"] <= 0.2 for e in examples)
    assert {0.0, 0.5, 1.0} <= {e["f"] for e in examples}
    assert {e["b"] for e in examples} == {False, True}
    assert {e["c"] for e in examples} == {"add", None, 3}
    assert all(e["j"] == {"a": [1, 2.5]} for e in examples)
    assert "" in {e["w"] for e in examples}
    assert any(not e["w"].isascii() for e in examples)
    assert len({e["s"] for e in examples}) > DRAWS / 2


def test_images_of_ids() -> None:
    images = [e["ids"] for e in plain(ids=ids_image("h w"))]
    assert any(i.size and not i.any() for i in images)
    assert any(i.max(initial=0) > 255 for i in images)
    assert any(i.size and i.all() for i in images)
    assert any(set(range(1, i.max(initial=0))) - set(i.ravel().tolist()) for i in images)


def test_masks_are_never_empty_and_sometimes_one_pixel() -> None:
    masks = [e["m"] for e in plain(m=boolean_masks("n h w"))]
    assert all(m.any(axis=(1, 2)).all() for m in masks)
    assert any(len(m) == 0 for m in masks)
    assert any((m.sum(axis=(1, 2)) == 1).any() and m.shape[1] > 1 for m in masks)


def test_derived_sees_earlier_arguments_and_sizes() -> None:
    def split(a: Any) -> Any:
        return integers(1, a.size("n") + len(a.x) + 1)

    assert all(1 <= e["k"] <= 2 * len(e["x"]) + 1 for e in plain(x=tensors("n"), k=derived(split)))


def test_rising_tensors_rise_and_dtypes_may_be_torchs_own() -> None:
    for e in plain(
        edges=increasing("k", torch.float64, low=-4),
        ties=increasing("b k", "int64", strict=False),
        x=tensors("k", torch.int32),
        y=arrays("k", np.float32),
    ):
        assert (np.diff(e["edges"]) > 0).all()
        assert (np.diff(e["ties"], axis=-1) >= 0).all()
        assert (e["edges"].dtype, e["ties"].dtype, e["x"].dtype) == (np.float64, np.int64, np.int32)
        assert e["y"].dtype == np.float32
    with pytest.raises(AuthorError, match="cannot be drawn"):
        tensors("n", torch.complex64)
