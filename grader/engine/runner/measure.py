"""Measures what is allowed around the truth: the reference in double precision, and again with rounding errors.

A result s may differ from the truth t by

    FACTOR * u * (spread + (|t| + SHARE * max(T, 1)) * max(HIDDEN * X, 1) + 3 * SHARE * greatest spread)

where u is the unit roundoff of the coarsest floating dtype that the reference's own run passes through, T and X are the
greatest magnitudes of the result and of the inputs, and `spread` is by how much t moves, per unit of relative error,
when the operands of every operation are off at random (see `arithmetic`): the condition of the problem at this input,
for the way in which the reference goes about it. FACTOR is twice the threshold of LAPACK's own test programs for ratios
of errors (LAPACK Working Note 41), since a calculation and its gradient are two of them; that errors are bounded
against a multiple of u times what went into a result follows Higham, "Accuracy and Stability of Numerical Algorithms".
X stands there for what one operation of the reference hides: a mean that others round, a logarithm (the relative
condition of exp is its argument).

Where a tiny error moves an element as far as a larger one does, the reference takes another branch there; such an
element says nothing about condition and adds nothing to what is allowed. A gradient that jumps so lies at a kink (that
of `relu` at 0, of the maximum of equal numbers): every number between those on either side is right there, Clarke's
generalised gradient (Clarke, "Optimization and Nonsmooth Analysis"), and the truth is their middle.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
import numpy
import torch

from grader.authoring.exercises import Probe
from grader.engine.runner import call
from grader.engine.runner.arithmetic import DoubleArithmetic, Widths, noise
from grader.engine.runner.convert import NAMES
from grader.engine.runner.execute import Submission
from grader.engine.runner.inputs import Inputs
from grader.records.limits import Limit, encode_limits, floating_parts
from grader.records.observations import Example, Observation
from grader.records.values import ArrayValue, LawfulValue, MappingValue, SequenceValue, TensorValue, Value

FACTOR = 60.0
SHARE = 0.1
HIDDEN = 0.25
_RUNS = 3
_FINEST = 2.0**-36
"""Least size of the errors that are tried: double precision must resolve what they do."""
_TRIFLE = 2.0**-10
"""Share of the errors' size by which inputs are off in absolute terms."""
_LESS = 2.0**-8
"""By how much smaller the errors of the second run are, which tells a slope from a step."""

_UNITS = {
    "float64": 2.0**-45,  # of its 53 bits, eight are left to whatever is done in Python or in another order
    "complex128": 2.0**-45,
    "float32": 2.0**-24,
    "complex64": 2.0**-24,
    "float16": 2.0**-11,
    "bfloat16": 2.0**-8,
}
_TINIEST = {"float64": 1e-300, "complex128": 1e-300, "float16": 6.2e-5}
"""Where a dtype stops to be relatively exact; 1.2e-38 for the others."""


def measure(probe: Probe, submission: Submission, example: Example, filename: str) -> bytes:
    """Return the encoded `Limits` of one example, b"" where no floating result can be had in double precision."""
    widths = Widths()
    own = _run(probe, submission, Inputs(example), filename, widths)
    parts = _parts(own)
    if not parts:
        return b""
    coarsest = _coarsest(widths, example, parts)
    halves = coarsest in ("float16", "bfloat16")
    wide = Inputs(_widened(example, halves))
    truth = _parts(_run(probe, submission, wide, filename, DoubleArithmetic(0.0, 0, halves=halves)))
    comparable = {place: truth[place] for place, part in parts.items() if _alike(part, truth.get(place))}
    unit = _UNITS[coarsest]
    if not comparable:
        return _of_coarser(parts, coarsest, max(map(_greatest, wide.example.arguments.values()), default=0.0))
    step = max(unit, _FINEST)
    found = {place: _Spread(part, kinks=place.startswith("gradient")) for place, part in comparable.items()}
    for seed in range(_RUNS):
        far, near = (
            _parts(
                _run(probe, submission, _moved(wide, size, seed), filename, DoubleArithmetic(size, seed, halves=halves))
            )
            for size in (step, step * _LESS)
        )
        for place, spread in found.items():
            spread.add(far.get(place), near.get(place), step)
    tiniest = _TINIEST.get(coarsest, 1.2e-38)
    greatest = max(map(_greatest, wide.example.arguments.values()), default=0.0)
    return encode_limits({place: spread.limit(unit, tiniest, greatest) for place, spread in found.items()})


def _of_coarser(parts: Mapping[str, Any], coarsest: str, greatest: float) -> bytes:
    """Return limits around results that have more digits than the calculation had, where no truth can be had.

    Parameters of float32 remain what they are, so that no gradient reaches them in double precision.
    """
    unit = _UNITS[coarsest]
    finer = {place: part for place, part in parts.items() if part.size and _UNITS.get(part.dtype.name, unit) < unit}
    tiniest = _TINIEST.get(coarsest, 1.2e-38)
    found = {place: _Spread(part, kinks=False).limit(unit, tiniest, greatest) for place, part in finer.items()}
    return encode_limits(found) if found else b""


def _greatest(value: Value) -> float:
    """Return the greatest finite magnitude among the floating numbers of an argument."""
    sizes = [numpy.abs(_decoded(part)) for _, part in floating_parts(value)]
    return max((float(size[numpy.isfinite(size)].max(initial=0.0)) for size in sizes), default=0.0)


def _run(
    probe: Probe,
    submission: Submission,
    inputs: Inputs,
    filename: str,
    arithmetic: contextlib.AbstractContextManager[Any],
) -> Observation:
    return call.call_probe(probe, submission, inputs, filename, arithmetic, arithmetic)[0]


def _moved(inputs: Inputs, size: float, seed: int) -> Inputs:
    """Return the inputs with floating elements off by a trifle, zeros too: an error in proportion would leave those."""
    pool = noise(seed).numpy()

    def moved(value: Value) -> Value:
        if isinstance(value, TensorValue | ArrayValue) and value.dtype == "float64" and value.data:
            plain = numpy.frombuffer(value.data, "<f8")
            changed = plain + numpy.resize(pool, plain.shape) * size * _TRIFLE
            return msgspec.structs.replace(value, data=changed.tobytes())
        return _inside(value, moved)

    arguments = {name: moved(value) for name, value in inputs.example.arguments.items()}
    return Inputs(msgspec.structs.replace(inputs.example, arguments=arguments))


def _inside(value: Value, change: Callable[[Value], Value]) -> Value:
    if isinstance(value, SequenceValue):
        return SequenceValue(value.kind, tuple(change(item) for item in value.items))
    if isinstance(value, MappingValue):
        return MappingValue(tuple((key, change(item)) for key, item in value.items))
    return change(value.value) if isinstance(value, LawfulValue) else value


def _parts(observation: Observation) -> dict[str, Any]:
    """Return the floating parts of a result and its gradients as numpy arrays, by place."""
    if observation.outcome != "returned":
        return {}
    found = dict(floating_parts(observation.value))
    found |= {f"gradient of {name}": part for name, part in observation.gradients if part is not None}
    return {place: _decoded(part) for place, part in found.items()}


def _decoded(part: TensorValue | ArrayValue | float) -> Any:
    if isinstance(part, float):
        return numpy.asarray(part)
    if part.dtype == "bfloat16":
        return (numpy.frombuffer(part.data, "<u2").astype("<u4") << 16).view("<f4").reshape(part.shape)
    return numpy.frombuffer(part.data, part.dtype).reshape(part.shape)


def _alike(own: Any, truth: Any) -> bool:
    return truth is not None and truth.shape == own.shape and truth.dtype.kind == own.dtype.kind and truth.size > 0


def _coarsest(widths: Widths, example: Example, parts: Mapping[str, Any]) -> str:
    seen = {NAMES[dtype] for dtype in widths.seen if dtype in NAMES}
    if not seen:  # done without torch
        seen = {part.dtype.name for part in parts.values()}
        for value in example.arguments.values():
            seen |= {part.dtype for _, part in floating_parts(value) if not isinstance(part, float)}
    return max(seen & _UNITS.keys(), key=_UNITS.__getitem__, default="float64")


def _widened(example: Example, halves: bool) -> Example:
    arguments = {name: _wide(value, halves) for name, value in example.arguments.items()}
    return Example(arguments, example.gradient, example.seed)


def _wide(value: Value, halves: bool) -> Value:
    """Return an input in double precision: equal numbers, laid out in order."""
    if isinstance(value, TensorValue):
        return _wide_tensor(value, halves)
    if isinstance(value, ArrayValue) and value.dtype == "float32":
        return ArrayValue("float64", value.shape, numpy.frombuffer(value.data, "<f4").astype("<f8").tobytes())
    return _inside(value, lambda item: _wide(item, halves))


def _wide_tensor(value: TensorValue, halves: bool) -> TensorValue:
    widths = {"float32": "float64", "complex64": "complex128"}
    if halves:
        widths |= {"float16": "float64", "bfloat16": "float64"}
    dtype = widths.get(value.dtype, value.dtype)
    if dtype == value.dtype and value.strides is None:
        return value
    (tensor,) = Inputs(Example({"value": value})).lend()[0].values()
    data = tensor.to(getattr(torch, dtype)).contiguous()
    if dtype == "bfloat16":
        data = data.view(torch.int16)
    return TensorValue(dtype, value.shape, data.numpy().tobytes(), value.device, value.requires_grad, value.kind)


class _Spread:
    """By how much one floating part moves per unit of relative error, and, at kinks, between which sides it jumps."""

    def __init__(self, truth: Any, *, kinks: bool) -> None:
        self._truth = truth
        self._spread = numpy.zeros(truth.shape)
        self._kinks = kinks and truth.dtype.kind == "f"
        self._sides = truth, truth

    def add(self, far: Any, near: Any, step: float) -> None:
        """Take in a run with errors of size `step` and one with smaller ones."""
        truth = self._truth
        if not (_alike(truth, far) and _alike(truth, near)):
            return
        with numpy.errstate(all="ignore"):
            moved, less = numpy.abs(far - truth), numpy.abs(near - truth)
            finite = numpy.isfinite(moved) & numpy.isfinite(less)
            slid = finite & (less <= moved / 16 + 2.0**-46 * numpy.abs(truth))
        self._spread = numpy.maximum(self._spread, numpy.where(slid, moved / step, 0.0))
        if self._kinks:
            jumped = numpy.where(finite & ~slid, near, truth)
            low, high = self._sides
            self._sides = numpy.minimum(low, jumped), numpy.maximum(high, jumped)

    def limit(self, unit: float, tiniest: float, greatest: float) -> Limit:
        """Return the truth with what is allowed around it; `greatest` is the largest magnitude of the inputs."""
        truth, spread = self._truth, self._spread
        size = numpy.where(numpy.isfinite(truth), numpy.abs(truth), 0.0)
        # A few random runs may spare one element what they do to its neighbours: errors are bounded by the norm as
        # well. At least 1 counts as summed: constants of a formula, such as the 1 of a sigmoid, are of that order.
        scale = (size + SHARE * max(float(size.max()), 1.0)) * max(HIDDEN * greatest, 1.0)
        allowed = FACTOR * (unit * (spread + scale + 3 * SHARE * float(spread.max())) + tiniest)
        low, high = self._sides
        with numpy.errstate(all="ignore"):
            apart = numpy.where(high > low, (high - low) / 2, 0.0)
            truth = numpy.where(apart > 0, low + apart, truth)
        dtype = "complex128" if truth.dtype.kind == "c" else "float64"
        return Limit(truth.shape, dtype, truth.astype(dtype).tobytes(), (allowed + apart).astype("float32").tobytes())
