"""One call of a probe: live inputs, the call, and everything that can be seen of it as an `Observation`."""

from __future__ import annotations

import functools
import random
import time
import traceback
from collections.abc import Iterator
from typing import Any

import numpy
import torch

from grader.exercise import Probe
from grader.observations import Meta, Observation
from grader.runner.convert import from_tensor, safe_text, to_value
from grader.runner.execute import MissingName, Submission, describe
from grader.runner.inputs import Inputs, Lent, changed_inputs
from grader.values import TensorValue

_generator = torch.default_generator
_states: dict[int, Any] = {}


def seed_global_generators(seed: int) -> None:
    """Seed python's and numpy's global generators, once a batch: torch's is seeded before every call."""
    random.seed(seed)
    numpy.random.seed(seed % (1 << 32))


def moved_global_generators(seed: int) -> tuple[str, ...]:
    """Return which of `python` and `numpy` are not where `seed_global_generators(seed)` left them."""
    now, state = random.getstate(), numpy.random.get_state()
    seed_global_generators(seed)
    moved = []
    if random.getstate() != now:
        moved.append("python")
    fresh = numpy.random.get_state()
    if any(not numpy.array_equal(a, b) for a, b in zip(fresh, state, strict=True)):
        moved.append("numpy")
    return tuple(moved)


def call_probe(probe: Probe, submission: Submission, inputs: Inputs, filename: str) -> tuple[Observation, float]:
    """Call a probe once; return what happened and the seconds the call took.

    Whatever the submission raises, `SystemExit` included, is an observation.
    """
    arguments, lent = inputs.lend()
    seed = inputs.example.seed
    _generator.manual_seed(seed)
    start = time.perf_counter()
    try:
        result = probe.run(submission, **arguments)
        seconds = time.perf_counter() - start
        return _observe(probe, inputs, result, lent), seconds
    except MissingName as missing:
        return Observation("missing", detail=safe_text(missing, 100)), 0.0
    except BaseException as error:  # noqa: BLE001 - the submission's exceptions are data, of whatever type
        seconds = time.perf_counter() - start
        return _failed(error, filename, lent, seed), seconds


def _failed(error: BaseException, filename: str, lent: list[Lent], seed: int) -> Observation:
    if isinstance(error, MemoryError):
        traceback.clear_frames(error.__traceback__)  # what fills the memory hangs there; to describe it takes some
    raised = describe(error, filename)
    return Observation("raised", error=raised, mutated=changed_inputs(lent), rng_moved=_torch_moved(seed))


def _torch_moved(seed: int) -> tuple[str, ...]:
    before = _states.get(seed)
    after = _generator.get_state().numpy().tobytes()
    if before is None:
        _generator.manual_seed(seed)
        before = _states[seed] = _generator.get_state().numpy().tobytes()
    return () if after == before else ("torch",)


def _observe(probe: Probe, inputs: Inputs, result: Any, lent: list[Lent]) -> Observation:
    rng_moved = _torch_moved(inputs.example.seed)
    value = to_value(result)
    mutated = changed_inputs(lent)
    tensors = list(_tensors(result))
    aliased = _aliases(tensors, lent) if probe.policy.aliasing != "off" else ()
    gradients: tuple[tuple[str, TensorValue | None], ...] = ()
    if inputs.example.gradient and probe.policy.gradients != "off":
        gradients = _gradients(tensors, lent, inputs.example.gradient)
    return Observation("returned", value, None, gradients, mutated, aliased, rng_moved)


def _tensors(thing: Any, path: str = "result", depth: int = 0) -> Iterator[tuple[str, torch.Tensor]]:
    if isinstance(thing, torch.Tensor):
        yield path, thing
    elif depth > 8:
        return
    elif issubclass(type(thing), list | tuple):
        items = list.__iter__(thing) if issubclass(type(thing), list) else tuple.__iter__(thing)
        for number, item in enumerate(items):
            yield from _tensors(item, f"{path}[{number}]", depth + 1)
    elif issubclass(type(thing), dict):
        for key, item in dict.items(thing):
            yield from _tensors(item, f"{path}[{safe_text(key, 40)!r}]", depth + 1)


def _aliases(tensors: list[tuple[str, torch.Tensor]], lent: list[Lent]) -> tuple[tuple[str, str], ...]:
    owners: dict[int, str] = {}
    for record in lent:
        if isinstance(record.thing, torch.Tensor) and record.thing.numel():
            owners[record.thing.untyped_storage().data_ptr()] = record.name
        elif record.storage is not None and record.storage.memory:
            owners[record.storage.pristine.__array_interface__["data"][0]] = record.name
    found = []
    for path, tensor in tensors:
        if tensor.layout == torch.strided and tensor.device.type != "meta" and tensor.numel():
            owner = owners.get(tensor.untyped_storage().data_ptr())
            if owner:
                found.append((path, owner))
    return tuple(found)


def _gradients(
    tensors: list[tuple[str, torch.Tensor]], lent: list[Lent], names: tuple[str, ...]
) -> tuple[tuple[str, TensorValue | None], ...]:
    leaves = [
        (record.name, record.thing)
        for record in lent
        if record.name in names and isinstance(record.thing, torch.Tensor) and record.thing.requires_grad
    ]
    outputs = [tensor for _, tensor in tensors if tensor.requires_grad and tensor.is_floating_point()]
    if not leaves or not outputs:
        return tuple((name, None) for name, _ in leaves)
    weights = [
        # A copy: a submission's own backward may write into what it is given.
        _weights(output.numel(), output.dtype, output.device, number).clone().view(output.shape)
        for number, output in enumerate(outputs)
    ]
    found = torch.autograd.grad(outputs, [leaf for _, leaf in leaves], weights, allow_unused=True)
    return tuple(
        (name, None if gradient is None else _inert(gradient))
        for (name, _), gradient in zip(leaves, found, strict=True)
    )


@functools.lru_cache(maxsize=4096)
def _weights(count: int, dtype: torch.dtype, device: torch.device, number: int) -> torch.Tensor:
    """Return fixed weights, different from element to element, so that a permuted gradient shows."""
    return torch.arange(count, dtype=dtype, device=device) % 7 * 0.25 + (1 + number)


def _inert(gradient: torch.Tensor) -> TensorValue | None:
    value = from_tensor(gradient)
    return value if isinstance(value, TensorValue) else None


def unsendable(error: BaseException) -> tuple[Observation, Meta]:
    """Return the observation of a result that could not be encoded."""
    return Observation("unusable", detail=safe_text(error, 300)), Meta()
