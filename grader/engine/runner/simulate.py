"""Calls a probe with its inputs on a device that is not there, and tells where the tensors of its result are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import torch

from grader.authoring.declarations import Lawful
from grader.authoring.exercises import Probe
from grader.engine.runner.convert import safe_text
from grader.engine.runner.elsewhere import Device, Elsewhere
from grader.engine.runner.execute import Submission
from grader.engine.runner.inputs import Inputs
from grader.engine.runner.moving import Moving
from grader.engine.runner.origins import Origins
from grader.records.simulations import Placed, Simulated

_DEEP = 8
"""How far a result's lists are looked into."""


def simulate(probe: Probe, submission: Submission, inputs: Inputs, own: str) -> Simulated:
    """Return what comes of a call with its inputs on the device; `own` is the submission's file name.

    Whatever is raised but for tensors of two devices that meet says nothing of devices.
    """
    lent, _ = inputs.lend()
    arguments = {name: _there(value) for name, value in lent.items()}
    moving = Moving(own)
    origins = Origins(own, moving)
    try:
        with Device(), moving, origins:
            result = probe.run(submission, **arguments)
            placed = tuple(_placed(path, tensor, origins) for path, tensor in _tensors(result))
    except BaseException:  # noqa: BLE001 - of whatever type: the submission's doing, or what cannot be simulated
        return Simulated("mixed", (), origins.met) if origins.met is not None else Simulated("unclear")
    return Simulated("ran", placed)


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


def _tensors(thing: Any, path: str = "result", depth: int = 0) -> Iterator[tuple[str, torch.Tensor]]:
    if isinstance(thing, torch.Tensor):
        yield path, thing
        return
    if depth > _DEEP:
        return
    for step, item in _items(thing):
        yield from _tensors(item, f"{path}{step}", depth + 1)


def _items(thing: Any) -> Iterable[tuple[str, Any]]:
    if type(thing) is Lawful:
        return [("", thing.value)]
    if isinstance(thing, list | tuple):
        return [(f"[{place}]", item) for place, item in enumerate(thing)]
    if isinstance(thing, dict):
        return [(f"[{safe_text(key, 40)!r}]", item) for key, item in dict.items(thing)]
    return ()
