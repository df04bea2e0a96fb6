"""Calls a probe with its inputs on a device that is not there, and tells where the tensors of its result are."""

from __future__ import annotations

from typing import Any

import torch

from grader.authoring.exercises import Probe
from grader.engine.runner.convert import tensors_by_path
from grader.engine.runner.elsewhere import Device, Elsewhere
from grader.engine.runner.execute import Submission
from grader.engine.runner.inputs import Inputs
from grader.engine.runner.moving import Moving
from grader.engine.runner.origins import Origins
from grader.records.simulations import Origin, Placed, Simulated


def simulate(probe: Probe, submission: Submission, inputs: Inputs, own: str) -> Simulated:
    """Return what comes of a call with its inputs on the device; `own` is the submission's file name.

    Whatever is raised but for tensors of two devices that meet by a line of the submission's says nothing of devices.
    """
    lent, _ = inputs.lend()
    arguments = {name: _there(value) for name, value in lent.items()}
    moving = Moving(own)
    origins = Origins(own, moving)
    try:
        with Device(), moving, origins:
            result = probe.run(submission, **arguments)
            placed = tuple(_placed(path, tensor, origins) for path, tensor in tensors_by_path(result, lawful=True))
    except BaseException:  # noqa: BLE001 - of whatever type: the submission's doing, or what cannot be simulated
        met = origins.met
        sure = met is not None and met.line is not None and moving.is_sure(met)
        return Simulated("mixed", (), met) if sure else Simulated("unclear")
    return Simulated("ran", tuple(one for one in placed if not one.on_cpu or _is_told(one.origin, moving)))


def _is_told(origin: Origin | None, moving: Moving) -> bool:
    """Whether it can be said of a result that it is on the CPU: some line of the submission brought it there."""
    return moving.is_sure(origin) and (origin is None or origin.line is not None)


def _there(value: Any) -> Any:
    """Return an argument with its tensors on the device."""
    if isinstance(value, torch.Tensor):
        return Elsewhere(value.detach(), value.requires_grad)
    if type(value) in (list, tuple):
        return type(value)(_there(item) for item in value)
    if type(value) is dict:
        return {key: _there(item) for key, item in value.items()}
    return value


def _placed(path: str, tensor: torch.Tensor, origins: Origins) -> Placed:
    on_cpu = tensor.device.type == "cpu"
    return Placed(path, on_cpu, origins.of(tensor) if on_cpu else None)
