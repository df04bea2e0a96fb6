"""A device that fails, as a GPU does after a fault or without memory, costs the exercise that did it and no other."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.course.settings import load_course
from grader.engine.sandbox import Zygote
from grader.judging import schedule
from grader.judging.schedule import Graders, Options, grade_one, open_graders
from grader.records.verdict import Verdict
from tests.small_course import submission, write_small_course

ENGINE = Path(__file__).parent / "faulty"
FAULT = "x[torch.full((1,), 10**6, device=x.device)] if x.device.type == 'lazy' else x + x"
GREED = "KEPT.append(torch.zeros(600_000, device=x.device)) if x.device.type == 'lazy' else None"


@pytest.fixture(scope="module")
def graders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graders]:
    def faulty(files: list[tuple[str, Path]], options: Options) -> Zygote:
        return Zygote.start(files, engine="faulty", search=[ENGINE], warm="minimal")

    course = load_course(write_small_course(tmp_path_factory.mktemp("course")))
    options = Options(seed=5, examples=10, devices=("cpu", "lazy"), shrink_seconds=0.0)
    with contextlib.ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(schedule, "_zygote", faulty)
        opened = stack.enter_context(open_graders(course, ["small"], options))
        yield dataclasses.replace(opened, deadlines=dataclasses.replace(opened.deadlines, load=60.0))


def verdicts(graders: Graders, **changed: str) -> dict[str, Verdict]:
    graded = grade_one(graders, submission(**changed))
    return {one.exercise.removeprefix("small."): one for one in graded.verdicts}


def test_right_answers_pass_on_a_device_that_could_fail(graders: Graders) -> None:
    assert {one.outcome for one in verdicts(graders).values()} == {"passed"}


@pytest.mark.parametrize(
    "double",
    [
        f"def double(x):\n    return {FAULT}\n",
        f"def double(x):\n    try:\n        return {FAULT}\n    except RuntimeError:\n        return x\n",
    ],
)
def test_a_fault_costs_its_own_exercise_alone_and_says_so(graders: Graders, double: str) -> None:
    found = verdicts(graders, double=double)
    assert [found[name].outcome for name in ("backwards", "total", "argmax", "root")] == ["passed"] * 4
    assert (found["double"].outcome, found["double"].points) == ("crashed", 0.0)
    (finding, *_) = found["double"].findings
    assert finding.device == "lazy"
    told = "the device can be used no more after this: RuntimeError: CUDA error: device-side assert triggered"
    assert told in finding.message


@pytest.mark.parametrize(
    ("result", "outcome", "told"),
    [("x + x", "memory", "CUDA out of memory"), ("x.cpu() * 0", "failed", "")],
)
def test_memory_that_an_answer_keeps_costs_its_own_exercise_alone(
    graders: Graders, result: str, outcome: str, told: str
) -> None:
    """Even where none is left for the inputs of the next example."""
    found = verdicts(graders, double=f"KEPT = []\ndef double(x):\n    {GREED}\n    return {result}\n")
    assert [found[name].outcome for name in ("backwards", "total", "argmax", "root")] == ["passed"] * 4
    assert (found["double"].outcome, found["double"].points) == (outcome, 0.0)
    assert told in found["double"].findings[0].message


def test_a_fault_while_the_file_is_loaded_is_told_of_each_exercise(graders: Graders) -> None:
    top = "def double(x):\n    return x + x\nfrom faulty.failing import state\nstate['lost'] = True\n"
    found = verdicts(graders, double=top)
    assert {one.outcome for one in found.values()} == {"crashed"}
