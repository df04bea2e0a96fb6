"""Answers in many styles against the checks of three assignments, in this process: the checks alone are under test.

The files in `variants/` hold sections that begin with `# === <kind> <exercise>: <what it is>`. A `right` answer has no
finding, a `wrong` one has some on the drawn examples, a `forbidden` one is told from its source.
"""

from __future__ import annotations

import functools
import re
import types
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from grader.authoring.exercises import Exercise, Probe
from grader.course.loading import load_exercises
from grader.engine.runner.call import call_probe
from grader.engine.runner.execute import Submission
from grader.engine.runner.inputs import Inputs
from grader.judging.bans import analyse, decide, parse
from grader.judging.checks import compare
from grader.judging.examples.bank import draw_bank
from grader.judging.laws import broken_laws
from grader.records.observations import decode_example

ROOT = Path(__file__).resolve().parents[2]
ASSIGNMENTS = ("tensors", "layers", "einsum", "indexing", "loaders")
PREAMBLE = """import itertools, math, operator, random
from collections import Counter, defaultdict
import numpy as np
import torch
from torch.utils.data import Sampler
"""
EXAMPLES = 60


class Variant(NamedTuple):
    """One section of a file of answers."""

    assignment: str
    kind: str
    exercise: str
    title: str
    source: str


def variants(assignment: str) -> Iterator[Variant]:
    text = (Path(__file__).parent / "variants" / f"{assignment}.txt").read_text(encoding="utf-8")
    for section in re.split(r"^# === ", text, flags=re.MULTILINE)[1:]:
        head, _, body = section.partition("\n")
        kind, name, title = re.fullmatch(r"(\w+) (\w+): (.+)", head).groups()  # type: ignore[union-attr]
        yield Variant(assignment, kind, name, title, PREAMBLE + body)


ALL = [variant for assignment in ASSIGNMENTS for variant in variants(assignment)]


@functools.cache
def exercises(assignment: str) -> dict[str, Exercise]:
    return {exercise.name: exercise for exercise in load_exercises(ROOT, assignment, hidden=True)}


@functools.cache
def reference(assignment: str) -> Submission:
    return run((ROOT / "solutions" / assignment / f"{assignment}.py").read_text(encoding="utf-8"))


@functools.cache
def bank(assignment: str, exercise: str, number: int) -> list[Inputs]:
    probe = exercises(assignment)[exercise].probes[number]
    drawn = draw_bank(probe, min(probe.examples or EXAMPLES, EXAMPLES), seed=11)
    return [Inputs(decode_example(example)) for example in drawn.examples]


def run(source: str) -> Submission:
    module = types.ModuleType("answer")
    exec(compile(source, "answer.py", "exec"), vars(module))
    return Submission(module)


def findings(probe: Probe, inputs: Inputs, answer: Submission, right: Submission) -> list[str]:
    expected, _ = call_probe(probe, right, inputs, "answer.py")
    actual, _ = call_probe(probe, answer, inputs, "answer.py")
    found = (*compare(expected, actual, probe.policy), *broken_laws(probe, inputs.example, actual))
    return [f"{probe.name}: {finding.message}" for finding in found if finding.must]


def first_findings(variant: Variant) -> list[str]:
    answer, right = run(variant.source), reference(variant.assignment)
    for number, probe in enumerate(exercises(variant.assignment)[variant.exercise].probes):
        for inputs in bank(variant.assignment, variant.exercise, number):
            found = findings(probe, inputs, answer, right)
            if found:
                return found
    return []


def told_by_source(variant: Variant) -> list[tuple[str, str]]:
    exercise = exercises(variant.assignment)[variant.exercise]
    found = analyse(parse([variant.source]), exercise.names, exercise.bans, exercise.needs)
    return list(decide(found, (), exercise.bans, exercise.needs))


def named(kind: str) -> list[object]:
    chosen = [variant for variant in ALL if variant.kind == kind]
    return [pytest.param(variant, id=f"{variant.assignment}.{variant.exercise}: {variant.title}") for variant in chosen]


@pytest.mark.parametrize("variant", named("right"))
def test_right_answers_have_no_finding(variant: Variant) -> None:
    assert first_findings(variant) == []
    assert told_by_source(variant) == []


@pytest.mark.parametrize("variant", named("wrong"))
def test_wrong_answers_have_some(variant: Variant) -> None:
    assert first_findings(variant) != []


@pytest.mark.parametrize("variant", named("forbidden"))
def test_forbidden_answers_are_told_from_the_source(variant: Variant) -> None:
    assert told_by_source(variant) != []


def test_every_exercise_and_kind_is_there() -> None:
    assert {variant.kind for variant in ALL} == {"right", "wrong", "forbidden"}
    for assignment in ASSIGNMENTS:
        for kind in ("right", "wrong"):
            covered = {v.exercise for v in ALL if (v.assignment, v.kind) == (assignment, kind)}
            assert covered == set(exercises(assignment)), (assignment, kind)
