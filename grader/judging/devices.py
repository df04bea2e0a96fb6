"""Would a right answer run on another device? Simulated here, where the reference's own simulation runs."""

from __future__ import annotations

import re

from grader.authoring.exercises import Exercise, Probe
from grader.engine.session import Session
from grader.judging.examples.simulating import read
from grader.judging.suite import Suite
from grader.records.findings import Finding
from grader.records.observations import decode_example
from grader.records.simulations import Origin, Simulated, Simulation
from grader.records.text.places import place_of
from grader.records.text.saying import say
from grader.records.values import TensorValue

_CHOOSES = re.compile(r"\b(?:is_available|accelerator|device_count|[gs]et_default_device|torch\.device|cuda|is_cpu)\b")
"""What a submission says that picks a device by what the machine has: here that is a CPU, so nothing can be told."""


def asked(exercise: Exercise) -> bool:
    """Say whether the author asks of any probe whether answers run on another device."""
    return any(_is_asked(probe) for probe in exercise.probes)


def simulated(suite: Suite, exercise: Exercise, session: Session) -> Finding | None:
    """Return the finding that a right answer runs on the CPU only; None where it runs, or nothing can be said.

    What is found has come twice, the second time in a runner that was asked about nothing else: what a submission keeps
    of earlier calls is on the CPU.
    """
    if any(_CHOOSES.search(cell) for cell in session.cells):
        return None
    for probe in filter(_is_asked, exercise.probes):
        expected = suite.expected.simulation(probe)
        found = _found(suite, probe, expected, session)
        if found is not None:
            session.fresh()
            found = _found(suite, probe, expected, session)
        if found is not None:
            return found
    return None


def _is_asked(probe: Probe) -> bool:
    return probe.policy.device != "off" and not probe.hidden


def _found(suite: Suite, probe: Probe, expected: Simulation, session: Session) -> Finding | None:
    examples = [suite.banks[probe.id].examples[place] for place in expected.examples]
    if not examples:
        return None
    bodies = session.simulate(probe, examples)
    for example, right, body in zip(examples, expected.bodies, bodies, strict=False):
        message = _differs(_first_tensor(example), read(right), read(body))
        if message:
            must = probe.policy.device == "must"
            return Finding(kind="device", must=must, message=message, device="cuda", probe=probe.id)
    return None


def _differs(name: str, right: Simulated, actual: Simulated) -> str:
    """Return how an answer differs from a right one by what it does with devices, empty where it does not."""
    if actual.ending == "mixed" and actual.met is not None:
        return say("runs on the CPU only: {what}", what=_told(actual.met, name))
    if actual.ending != "ran":
        return ""
    wanted = {placed.path for placed in right.placed if not placed.on_cpu}
    for placed in actual.placed:
        if placed.on_cpu and placed.path in wanted:
            if placed.origin is None:
                return say("runs on the CPU only: its result is there when its inputs are on a GPU")
            return say("runs on the CPU only: {what}", what=_told(placed.origin, name))
    return ""


def _told(origin: Origin, name: str) -> str:
    where = say("a line") if origin.line is None else place_of(origin.line, origin.cell)
    call = f"{origin.function}(...)"
    if origin.how == "made":
        return say(
            "{where} makes a tensor on the CPU (`{call}`); give it `device={name}.device`",
            where=where,
            call=call,
            name=name,
        )
    if origin.how == "moved":
        return say("{where} moves a tensor to the CPU (`{call}`); leave it where it is", where=where, call=call)
    if origin.how == "left":
        return say(
            "{where} uses `{name}`, which stays on the CPU when the module is moved: make it a buffer or a parameter",
            where=where,
            name=origin.function,
        )
    if origin.how == "unregistered":
        return say(
            "{where} uses `{name}`, whose parameters stay on the CPU when the module is moved: hold modules in an "
            "attribute each, in `nn.ModuleList` or in `nn.ModuleDict`",
            where=where,
            name=origin.function,
        )
    return say(
        "{where} uses a tensor that stays on the CPU (`{call}`); move it with `.to({name}.device)`",
        where=where,
        call=call,
        name=name,
    )


def _first_tensor(example: bytes) -> str:
    arguments = decode_example(example).arguments
    return next((name for name, value in arguments.items() if isinstance(value, TensorValue)), "x")
