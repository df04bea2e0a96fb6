"""What the course's references say of devices: each probe with tensors tells something, or says that it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course.loading import load_exercises
from grader.course.settings import load_course
from grader.judging.examples.public import read_public
from grader.judging.examples.simulating import chosen, read

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("name", load_course(ROOT).names)
def test_every_reference_with_tensors_runs_on_the_simulated_device(name: str) -> None:
    public = read_public(ROOT, name)
    for exercise in load_exercises(ROOT, name, hidden=False):
        for probe in exercise.probes:
            simulation = public.simulations.get(probe.id)
            if probe.policy.device == "off" or not chosen(public.examples[probe.id]):
                assert simulation is None, probe.id
            else:
                assert simulation is not None, f'{probe.id}: mend its checks, or say device="off" with the reason'
                assert {read(body).ending for body in simulation.bodies} == {"ran"}
