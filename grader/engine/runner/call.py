"""One call of a probe: live inputs, the call, and everything that can be seen of it as an `Observation`."""

from __future__ import annotations

import contextlib
import functools
import random
import time
import traceback
from typing import Any

import numpy
import torch

from grader.authoring.exercises import Probe
from grader.engine.runner.convert import from_tensor, safe_text, tensors_by_path, to_value
from grader.engine.runner.devices import DeviceLost, at_work, is_lost, seed_device
from grader.engine.runner.elsewhere import Elsewhere
from grader.engine.runner.execute import MissingName, Submission, describe
from grader.engine.runner.extent import TooLarge, check_size
from grader.engine.runner.inputs import Inputs, Lent, changed_inputs
from grader.records.observations import TOO_LARGE, Meta, Observation
from grader.records.values import TensorValue

# Bound before any submission is loaded, so that a patched module attribute does not reach them.
_seed_generator = torch.default_generator.manual_seed
_draw_first = torch.empty(()).uniform_
_next = torch.empty((), dtype=torch.int64)
_draw_next, _drawn_next = _next.random_, _next.item
_seed_python, _draw_python = random.seed, random.getrandbits
_seed_numpy, _draw_numpy = numpy.random.seed, numpy.random.bytes
_untouched: dict[int, Any] = {}
"""By seed: the number that torch's global generator draws next where nobody has used it."""
_NOTHING = contextlib.nullcontext()

_engine = torch.autograd.Variable._execution_engine
"""What `torch.autograd.grad` calls; that one asks a tensor subclass first, and loads sympy, a third of a second."""


def seed_global_generators(seed: int) -> None:
    """Seed python's and numpy's global generators, once a batch: torch's is seeded before every call."""
    _seed_python(seed)
    _seed_numpy(seed % (1 << 32))


def moved_global_generators(seed: int) -> tuple[str, ...]:
    """Return which of `python` and `numpy` are not where `seed_global_generators(seed)` left them, and seed them again.

    A generator that was not used draws what a fresh one draws: to compare states would take several times as long.
    """
    now = _draws()
    seed_global_generators(seed)
    fresh = _draws()
    seed_global_generators(seed)
    return tuple(name for name, was, drawn in zip(("python", "numpy"), now, fresh, strict=True) if was != drawn)


def _draws() -> tuple[int, bytes]:
    return _draw_python(128), _draw_numpy(16)


def _seed_torch(seed: int) -> None:
    """Seed torch's global generator and draw once: one that is seeded again by its initial seed is elsewhere then."""
    _seed_generator(seed)
    _draw_first()


def call_probe(
    probe: Probe,
    submission: Submission,
    inputs: Inputs,
    filename: str,
    during: contextlib.AbstractContextManager[object] = _NOTHING,
    back: contextlib.AbstractContextManager[object] = _NOTHING,
) -> tuple[Observation, float]:
    """Call a probe once, within `during`, its gradients within `back`; return what happened and the seconds it took.

    Whatever the submission raises, `SystemExit` included, is an observation. Raises `DeviceLost` when the device can be
    used no more.
    """
    arguments, lent = inputs.lend()
    seed = inputs.example.seed
    _seed_torch(seed)
    seed_device(inputs.device, seed)
    start = time.perf_counter()
    try:
        with at_work(inputs.device, filename), during:
            result = probe.run(submission, **arguments)
        seconds = time.perf_counter() - start
        with at_work(inputs.device, filename):
            return _observe(probe, inputs, result, lent, back), seconds
    except MissingName as missing:
        return Observation("missing", detail=safe_text(missing, 100)), 0.0
    except BaseException as error:  # the submission's exceptions are data, of whatever type
        seconds = time.perf_counter() - start
        if is_lost(inputs.device):
            raise DeviceLost(_words(error, filename)) from error
        return _failed(error, filename, lent, seed), seconds


def _words(error: BaseException, filename: str) -> str:
    raised = describe(error, filename)
    return f"{raised.type_names[0]}: {raised.message}"


def _failed(error: BaseException, filename: str, lent: list[Lent], seed: int) -> Observation:
    if isinstance(error, MemoryError):
        traceback.clear_frames(error.__traceback__)  # what fills the memory hangs there; to describe it takes some
    raised = describe(error, filename)
    return Observation("raised", error=raised, mutated=changed_inputs(lent), rng_moved=_torch_moved(seed))


def _torch_moved(seed: int) -> tuple[str, ...]:
    _draw_next()
    drawn = _drawn_next()
    if seed not in _untouched:
        expect_untouched(seed)
    return () if drawn == _untouched[seed] else ("torch",)


def expect_untouched(seed: int) -> None:
    """Note what torch's global generator draws next in a call with this seed that does not use it."""
    _seed_torch(seed)
    _draw_next()
    _untouched[seed] = _drawn_next()


def _observe(
    probe: Probe, inputs: Inputs, result: Any, lent: list[Lent], back: contextlib.AbstractContextManager[object]
) -> Observation:
    rng_moved = _torch_moved(inputs.example.seed)
    try:
        check_size(result)
    except TooLarge as large:
        return Observation("unusable", detail=f"{TOO_LARGE}{large}")
    value = to_value(result)
    mutated = changed_inputs(lent)
    tensors = list(tensors_by_path(result))
    aliased = _aliases(tensors, lent) if probe.policy.aliasing != "off" else ()
    gradients: tuple[tuple[str, TensorValue | None], ...] = ()
    if inputs.example.gradient and probe.policy.gradients != "off":
        gradients = _gradients(tensors, lent, inputs.example.gradient, back)
    return Observation("returned", value, None, gradients, mutated, aliased, rng_moved)


def _aliases(tensors: list[tuple[str, torch.Tensor]], lent: list[Lent]) -> tuple[tuple[str, str], ...]:
    owners: dict[int, str] = {}
    for record in lent:
        if record.storage is None or not record.storage.address:
            continue
        there = isinstance(record.thing, torch.Tensor) and not record.thing.is_cpu
        owners[_memory(record.thing) if there else record.storage.address] = record.name
    found = []
    for path, tensor in tensors:
        if tensor.layout == torch.strided and tensor.device.type != "meta" and tensor.numel():
            owner = owners.get(_memory(tensor))
            if owner:
                found.append((path, owner))
    return tuple(found)


def _memory(tensor: torch.Tensor) -> int:
    held = tensor.inner if type(tensor) is Elsewhere else tensor
    return int(held.untyped_storage().data_ptr())


def _gradients(
    tensors: list[tuple[str, torch.Tensor]],
    lent: list[Lent],
    names: tuple[str, ...],
    back: contextlib.AbstractContextManager[object],
) -> tuple[tuple[str, TensorValue | None], ...]:
    leaves = [
        (record.name, record.thing)
        for record in lent
        if record.name in names and isinstance(record.thing, torch.Tensor) and record.thing.requires_grad
    ]
    outputs = [
        tensor for _, tensor in tensors if tensor.requires_grad and tensor.is_floating_point() and not tensor.is_meta
    ]
    if not leaves or not outputs:
        return tuple((name, None) for name, _ in leaves)
    weights = [
        # A copy: a submission's own backward may write into what it is given.
        _weights(output.shape, output.dtype, output.device, number).clone()
        for number, output in enumerate(outputs)
    ]
    with back:
        found = _backward(tuple(outputs), tuple(weights), tuple(leaf for _, leaf in leaves))
    return tuple(
        (name, None if gradient is None else _inert(gradient))
        for (name, _), gradient in zip(leaves, found, strict=True)
    )


def _backward(
    outputs: tuple[torch.Tensor, ...], weights: tuple[torch.Tensor, ...], leaves: tuple[torch.Tensor, ...]
) -> tuple[torch.Tensor | None, ...]:
    """Return the gradient of the weighted outputs with respect to each leaf, None where it takes no part."""
    keep_graph = create_graph = accumulate = False
    allow_unused = True
    found: tuple[torch.Tensor | None, ...] = _engine.run_backward(
        outputs, weights, keep_graph, create_graph, leaves, allow_unused, accumulate_grad=accumulate
    )
    return found


@functools.lru_cache(maxsize=4096)
def _weights(shape: torch.Size, dtype: torch.dtype, device: torch.device, number: int) -> torch.Tensor:
    """Return fixed weights, different from element to element, so that a permuted gradient shows."""
    return (torch.arange(shape.numel(), dtype=dtype, device=device) % 7 * 0.25 + (1 + number)).view(shape)


def _inert(gradient: torch.Tensor) -> TensorValue | None:
    value = from_tensor(gradient)
    return value if isinstance(value, TensorValue) else None


def unsendable(error: BaseException) -> tuple[Observation, Meta]:
    """Return the observation of a result that could not be encoded."""
    return Observation("unusable", detail=safe_text(error, 300)), Meta()
