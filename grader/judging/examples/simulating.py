"""What the reference does on a simulated device: what right answers are held to, where it can be simulated at all."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from grader.authoring.exercises import Probe
from grader.engine.session import Session
from grader.judging.examples.bank import Bank
from grader.records.observations import decode_example
from grader.records.simulations import Simulated, Simulation, decode_simulated
from grader.records.values import TensorValue, Value, element_count, leaves

UNTOLD = Simulation()
"""Nothing can be said of devices."""
_LOOKED_AT = 60
"""Examples of a bank among which those to simulate are chosen."""


def simulate(session: Session, probe: Probe, bank: Bank) -> Simulation:
    """Return what the reference, whose session this is, does on a simulated device."""
    if probe.policy.device == "off" or probe.hidden:
        return UNTOLD
    places = chosen(bank.examples)
    if not places:
        return UNTOLD
    session.fresh()
    bodies = session.simulate(probe, [bank.examples[place] for place in places])
    ran = [(place, body) for place, body in zip(places, bodies, strict=False) if read(body).ending == "ran"]
    return Simulation(tuple(place for place, _ in ran), tuple(body for _, body in ran))


def read(body: bytes) -> Simulated:
    """Decode a record that a runner sent; one that is not well formed says nothing."""
    try:
        return decode_simulated(body)
    except msgspec.MsgspecError:
        return Simulated("unclear")


def chosen(examples: Sequence[bytes]) -> tuple[int, ...]:
    """Return the place of the example with the most elements in its tensors; none where all have something empty."""
    counts = [_elements(decode_example(one).arguments) for one in examples[:_LOOKED_AT]]
    most = max(counts, default=0)
    return (counts.index(most),) if most else ()


def _elements(arguments: dict[str, Value]) -> int:
    """Return the number of elements of all tensors, 0 where one is empty or all are numbers."""
    tensors = [leaf for value in arguments.values() for leaf in leaves(value) if isinstance(leaf, TensorValue)]
    counts = [element_count(tensor.shape) for tensor in tensors]
    return sum(counts) if all(counts) and any(tensor.shape for tensor in tensors) else 0
