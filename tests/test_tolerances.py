"""No right answer in another style is refused for its numbers, and no planted numerical fault passes.

A part of the functions with one seed; with GRADER_WHOLE_TOLERANCES all of them with three. `python -m
benchmarks.tolerances` prints the tables.
"""

from __future__ import annotations

import os
import warnings

import pytest
import torch

from benchmarks.tolerances.catalogue import PROBLEMS
from benchmarks.tolerances.measuring import refusals
from benchmarks.tolerances.problem import Problem

WHOLE = bool(os.environ.get("GRADER_WHOLE_TOLERANCES"))
_PART = {
    "layer_norm",
    "batch_norm, training",
    "gelu",
    "elu",
    "sum",
    "var",
    "var of numbers far from 0",
    "softmax",
    "cross_entropy",
    "attention, causal",
    "conv1d",
    "cdist of near points",
    "adam step",
}
CHOSEN = [problem for problem in PROBLEMS if WHOLE or problem.name in _PART]
SEEDS = range(3 if WHOLE else 1)


@pytest.fixture(autouse=True)
def _quietly() -> object:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch's own, about half precision
        yield
    torch.set_num_threads(threads)


@pytest.mark.parametrize("problem", CHOSEN, ids=lambda problem: problem.name)
def test_right_answers_pass_and_faults_are_caught(problem: Problem) -> None:
    for seed in SEEDS:
        assert refusals(problem, dict(problem.right), seed, 30) == {}
        planted = problem.planted()
        assert refusals(problem, planted, seed, 30).keys() == planted.keys()


def test_there_are_enough_functions_in_three_other_styles() -> None:
    assert len({problem.name for problem in PROBLEMS}) == len(PROBLEMS) >= 60
    assert all(len(problem.right) >= 3 for problem in PROBLEMS)
