from __future__ import annotations

import itertools
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import find, settings
from hypothesis import strategies as st

from grader.authoring import (
    axis_of,
    booleans,
    choices,
    custom,
    derived,
    gather_index,
    integers,
    lists_of,
    tensors,
)
from grader.authoring.declarations import make_probe
from grader.authoring.exercises import Probe
from grader.authoring.strategies.convert import to_plain
from grader.authoring.strategies.drawing import draw_example
from grader.authoring.strategies.sources import HypothesisSource
from grader.judging.examples.bank import draw_bank, example_strategy, generated
from grader.records.observations import Example, decode_example
from grader.records.values import TensorValue, validate


def bilinear(submission, x=tensors("b i"), w=tensors("o i j"), y=tensors("b j")): ...
def gathered(submission, x=tensors("..."), dim=axis_of("x"), index=gather_index("x", "dim")): ...
def ragged(submission, batch=lists_of(tensors("~t d"))): ...
def mixed(submission, x=tensors("n", dtype="number", ties=True), flag=booleans(), word=choices("a", "b", "c")): ...
def theirs(submission, n=st.lists(st.integers()), s=custom(st.text), k=derived(lambda a: st.integers(0, len(a.n)))): ...
def small(submission, a=booleans(), b=integers(0, 2)): ...
def nothing(submission): ...


def probe_of(run: Callable[..., Any], **options: Any) -> Probe:
    probe = make_probe(run, **options)
    probe.id = f"sample.{run.__name__}/{run.__name__}"
    return probe


def examples(probe: Probe, count: int = 60, seed: int = 1) -> list[Example]:
    return [decode_example(body) for body in draw_bank(probe, count, seed).examples]


@pytest.mark.parametrize("run", [bilinear, gathered, ragged, mixed, theirs])
def test_as_many_as_asked_all_different_all_valid(run: Callable[..., Any]) -> None:
    for count in (1, 7, 60):
        bank = draw_bank(probe_of(run), count, 3)
        assert len(bank.examples) == len(set(bank.examples)) == count
        for body in bank.examples:
            for value in decode_example(body).arguments.values():
                validate(value)


def test_a_small_space_is_drawn_whole() -> None:
    assert len(examples(probe_of(small))) == 6
    assert len(examples(probe_of(nothing))) == 1


@pytest.mark.parametrize("run", [bilinear, theirs])
def test_the_same_seed_draws_the_same_bank_and_another_seed_another(run: Callable[..., Any]) -> None:
    probe = probe_of(run)
    assert draw_bank(probe, 40, 5) == draw_bank(probe, 40, 5)
    assert draw_bank(probe, 40, 5) != draw_bank(probe, 40, 6)


def test_another_process_draws_the_same_bank() -> None:
    code = (
        "import hashlib\n"
        "from hypothesis import strategies as st\n"
        "from grader.authoring import *; from grader.authoring.declarations import make_probe\n"
        "from grader.judging.examples.bank import draw_bank\n"
        "def run(submission, x=tensors('...'), dim=axis_of('x'), s=st.sets(st.text())): ...\n"
        "print(hashlib.sha256(b''.join(draw_bank(make_probe(run), 30, 7).examples)).hexdigest())"
    )
    outputs = set()
    for hash_seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment)
        outputs.add(done.stdout)
    assert len(outputs) == 1


def test_explicit_examples_come_first() -> None:
    explicit = [
        {"x": torch.ones(2, requires_grad=True), "flag": True, "word": "c"},
        {"x": np.zeros(3, np.float32), "flag": False, "word": "a"},
    ]
    first, second, *rest = examples(probe_of(mixed, explicit=explicit))
    assert isinstance(first.arguments["x"], TensorValue)
    assert first.gradient == ("x",)
    assert second.arguments["word"] == "a"
    assert len(rest) == 58


def test_corners_come_before_chance_and_leave_it_half_of_the_bank() -> None:
    drawn = examples(probe_of(bilinear), 60)
    first = drawn[0].arguments
    sizes = {n for value in first.values() if isinstance(value, TensorValue) for n in value.shape}
    assert len(sizes) == 4
    assert drawn[0].gradient
    assert [d.example for d in itertools.islice(generated(probe_of(bilinear), 1, 60), 30)] == drawn[:30]


def shapes(example: Example) -> dict[str, tuple[int, ...]]:
    return {name: value.shape for name, value in example.arguments.items() if isinstance(value, TensorValue)}


def test_each_corner_is_there() -> None:
    drawn = examples(probe_of(bilinear))
    found = [shapes(e) for e in drawn]
    for name, axis in [("x", 0), ("x", 1), ("w", 0), ("w", 2)]:
        lone = [s for s in found if s[name][axis] == 0 and sum(n == 0 for n in (*s["x"], s["w"][0], s["y"][1])) == 1]
        assert lone, (name, axis)
    assert any(set(s["x"] + s["w"] + s["y"]) == {1} for s in found)
    assert any(len(set(s["x"] + s["w"] + s["y"])) == 1 and s["x"][0] > 1 for s in found)
    assert {e.arguments["x"].dtype for e in drawn if isinstance(e.arguments["x"], TensorValue)} == {
        "float32",
        "float64",
    }
    assert any(e.gradient == ("x", "w", "y") for e in drawn)
    strided = [e for e in drawn if any(isinstance(v, TensorValue) and v.strides for v in e.arguments.values())]
    assert len(strided) > 10


def test_every_dtype_choice_and_rank_is_there_under_every_seed() -> None:
    for seed in range(10):
        drawn = examples(probe_of(mixed), 40, seed)
        dtypes = {e.arguments["x"].dtype for e in drawn if isinstance(e.arguments["x"], TensorValue)}
        assert dtypes == {"float32", "float64", "int64"}
        assert {e.arguments["word"] for e in drawn} == {"a", "b", "c"}
        ranks = {len(shapes(e)["x"]) for e in examples(probe_of(gathered), 60, seed)}
        assert ranks == {1, 2, 3, 4}


def test_the_seed_of_an_example_follows_from_its_arguments() -> None:
    for one, other in itertools.combinations(examples(probe_of(small)), 2):
        assert one.seed != other.seed
    assert [e.seed for e in examples(probe_of(small))] == [e.seed for e in examples(probe_of(small))]


def test_recorded_choices_lead_to_the_same_example() -> None:
    for run in (bilinear, gathered, ragged, mixed):
        probe = probe_of(run)
        for drawn in itertools.islice(generated(probe, 1, 60), 60):
            assert drawn.choices is not None
            left = list(drawn.choices)
            replayed = draw_example(probe.arguments, HypothesisSource(lambda _: left.pop(0)))  # noqa: B023 - used up at once
            assert replayed == drawn.example
            assert not left
    assert next(generated(probe_of(theirs), 1, 60)).choices is None


def test_the_strategy_of_a_probe_draws_its_examples() -> None:
    quick = settings(database=None, deadline=None, max_examples=200)
    found = find(
        example_strategy(probe_of(gathered)), lambda e: to_plain(e.arguments["index"]).size > 2, settings=quick
    )
    assert to_plain(found.arguments["index"]).size == 3
