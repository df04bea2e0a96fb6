"""What only a GPU shows: `make test-cuda` on a machine that has one; skipped, with the reason, elsewhere."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from grader.course.settings import load_course
from grader.engine.sandbox.gpus import has_cuda
from grader.judging.schedule import Graders, Options, at_a_time, grade_one, lockdown, open_graders, reference_code
from grader.records.verdict import Verdict
from grader.submissions.finding import Submission
from tests.engine.runner.test_simulate import LEFT, MIXED, MODULE, MOVED, RIGHT, module_of
from tests.small_course import submission, write_small_course

pytestmark = [
    pytest.mark.cuda,
    pytest.mark.skipif(not has_cuda(), reason="this machine has no GPU for CUDA"),
    pytest.mark.skipif(torch.version.cuda is None, reason="this build of torch knows no CUDA"),
]

CPU_ONLY = {
    "double": "def double(x):\n    return x + x + torch.zeros(x.shape)\n",
    "total": "def total(x):\n    return torch.einsum('ij->', x.cpu())\n",
}


@pytest.fixture(scope="module")
def graders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graders]:
    course = load_course(write_small_course(tmp_path_factory.mktemp("course")))
    options = Options(seed=5, examples=10, devices=("cpu", "cuda"), shrink_seconds=0.0)
    with open_graders(course, ["small"], options) as opened:
        patient = dataclasses.replace(opened.deadlines, example=60.0, exercise=120.0, load=60.0)
        yield dataclasses.replace(opened, deadlines=patient)


def verdicts(graders: Graders, **changed: str) -> dict[str, Verdict]:
    graded = grade_one(graders, submission(**changed))
    return {one.exercise.removeprefix("small."): one for one in graded.verdicts}


def test_right_answers_pass_on_both_devices(graders: Graders) -> None:
    found = verdicts(graders)
    assert {one.outcome for one in found.values()} == {"passed"}, found
    assert all(one.examples >= 20 for one in found.values())


def test_answers_that_run_on_the_cpu_only_fail_and_the_device_is_named(graders: Graders) -> None:
    found = verdicts(graders, **CPU_ONLY)
    outcomes = {name: one.outcome for name, one in found.items()}
    right = dict.fromkeys(("backwards", "argmax", "root"), "passed")
    assert outcomes == {"double": "raised", "total": "failed", **right}
    assert {finding.device for one in found.values() for finding in one.findings} == {"cuda"}


def test_a_fault_on_the_device_costs_its_own_exercise_alone(graders: Graders) -> None:
    fault = "def double(x):\n    return x[torch.full((1,), 10**6, device=x.device)] if x.is_cuda else x + x\n"
    found = verdicts(graders, double=fault)
    assert found["double"].outcome == "crashed"
    assert "the device can be used no more after this" in found["double"].findings[0].message
    assert [found[name].outcome for name in ("backwards", "total", "argmax", "root")] == ["passed"] * 4, found


def test_memory_of_the_device_that_an_answer_keeps_costs_its_own_exercise_alone(graders: Graders) -> None:
    greedy = "KEPT = []\ndef double(x):\n    KEPT.append(torch.zeros(1 << 30, device=x.device)) if x.is_cuda else 0\n"
    found = verdicts(graders, double=f"{greedy}    return x + x\n")
    assert found["double"].outcome in ("memory", "raised"), found["double"]
    assert "out of memory" in found["double"].findings[0].message
    assert [found[name].outcome for name in ("backwards", "total", "argmax", "root")] == ["passed"] * 4, found


def test_runners_are_locked_down_and_cuda_works_in_them(graders: Graders) -> None:
    sandbox = lockdown(graders)
    report = graders.zygote.report()
    print(f"level {report.level}", *report.layers.items(), *report.details.items(), sep="\n")
    print(*(act for act in report.acts.items() if act[1] != "denied"), sep="\n")
    print(f"at a time: {at_a_time(graders, 1000)}")
    assert sandbox.layers["gpu"] == sandbox.layers["seccomp"] == sandbox.layers["limits"] == "ok"
    assert sandbox.layers["namespaces"] == sandbox.layers["jail"] == "ok", "CUDA starts with fewer layers only"
    assert sandbox.level == "good", report.acts


def test_what_no_runner_may_do_one_with_a_gpu_may_not(graders: Graders) -> None:
    found = verdicts(graders, double="def double(x):\n    open('/etc/passwd').read()\n    return x + x\n")
    assert found["double"].outcome == "raised"
    assert "No such file or directory" in found["double"].findings[0].message


@pytest.mark.parametrize("name", ["einsum", "layers", "modules", "training"])
def test_references_of_the_course_pass_on_the_gpu(name: str) -> None:
    course = load_course(Path(__file__).resolve().parents[1])
    options = Options(seed=5, examples=3, devices=("cuda",), shrink_seconds=0.0)
    source = reference_code(course.root, name)
    with open_graders(course, [name], options) as opened:
        patient = dataclasses.replace(opened.deadlines, example=60.0, exercise=120.0, load=60.0)
        handed_in = Submission("reference", name, source.filename, source.cells)
        graded = grade_one(dataclasses.replace(opened, deadlines=patient), handed_in)
    assert {one.exercise: one.outcome for one in graded.verdicts if one.outcome != "passed"} == {}, graded


def on_the_gpu(function: Any) -> str:
    """Return the type of the device of what a function of a tensor on the GPU gives, or "mixed"."""
    x = torch.zeros(2, 3, device="cuda", requires_grad=True)
    try:
        return str(function(x).device.type)
    except RuntimeError:  # worded differently from operator to operator
        return "mixed"


@pytest.mark.parametrize("body", RIGHT)
def test_what_runs_in_the_simulation_runs_on_the_gpu(body: str) -> None:
    assert on_the_gpu(module_of(f"def f(x):\n{body}")["f"]) == "cuda"


@pytest.mark.parametrize("body", [body for body, _ in MIXED])
def test_what_mixes_devices_in_the_simulation_does_so_on_the_gpu(body: str) -> None:
    assert on_the_gpu(module_of(f"def f(x):\n{body}")["f"]) == "mixed"


@pytest.mark.parametrize(("init", "forward"), MOVED)
def test_modules_that_run_in_the_simulation_run_on_the_gpu(init: str, forward: str) -> None:
    net = module_of(MODULE.format(init=init, forward=forward))["Net"]().to("cuda")
    assert on_the_gpu(net) == "cuda"


@pytest.mark.parametrize(("init", "forward"), [one[:2] for one in LEFT])
def test_modules_that_leave_tensors_behind_do_so_on_the_gpu(init: str, forward: str) -> None:
    net = module_of(MODULE.format(init=init, forward=forward))["Net"]().to("cuda")
    assert on_the_gpu(net) == "mixed"
