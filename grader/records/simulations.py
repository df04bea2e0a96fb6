"""What was seen of a call on a simulated device: where tensors are, and nothing of what they hold."""

from __future__ import annotations

from typing import Literal

import msgspec

Ending = Literal["ran", "mixed", "unclear"]
"""`ran`: to its end. `mixed`: tensors of two devices met. `unclear`: anything else, which says nothing of devices."""
How = Literal["made", "moved", "kept", "left", "unregistered"]
"""How a tensor came to the CPU: made there during the call, moved there, or there without a call that was seen; left
there when its module was moved, as a plain attribute or in a module that is held in one."""


class Origin(msgspec.Struct, frozen=True, array_like=True):
    """Where in the submission a tensor came to the CPU or, where that was not seen, where it met others."""

    how: How
    function: str
    """The torch function that was called; of what was left behind the attribute, such as `self.scale`."""
    line: int | None = None
    cell: int | None = None
    """Of a notebook: the code cell that the line is in, counted from 1."""


class Placed(msgspec.Struct, frozen=True, array_like=True):
    """One tensor of a result."""

    path: str
    """Such as `result["values"]`."""
    on_cpu: bool
    origin: Origin | None = None
    """Of one that is on the CPU, if that was seen."""


class Simulated(msgspec.Struct, frozen=True, array_like=True):
    """One call of a probe with its inputs on a simulated device."""

    ending: Ending
    placed: tuple[Placed, ...] = ()
    """The tensors of the result."""
    met: Origin | None = None
    """Of the tensor on the CPU that met one on the device."""


class Simulation(msgspec.Struct, frozen=True, array_like=True):
    """What the reference did on a simulated device, on some examples of a probe's bank."""

    examples: tuple[int, ...] = ()
    """Their places in the bank; none where nothing can be said of devices."""
    bodies: tuple[bytes, ...] = ()
    """Encoded `Simulated` records, all of which ran."""


encode_simulated = msgspec.msgpack.Encoder().encode
decode_simulated = msgspec.msgpack.Decoder(Simulated).decode
encode_simulation = msgspec.msgpack.Encoder().encode
decode_simulation = msgspec.msgpack.Decoder(Simulation).decode
