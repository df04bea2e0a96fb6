"""What happened when a probe met a submission: facts without an opinion."""

from __future__ import annotations

from typing import Literal

import msgspec

from grader.records.values import TensorValue, Value

Outcome = Literal[
    "returned",
    "raised",
    "missing",
    "unusable",
    "timeout",
    "memory",
    "crashed",
    "protocol",
]
"""`returned`, `raised`, `missing` and `unusable` are told by the runner; the rest the judge sees itself."""


TOO_LARGE = "too large: "
"""How the detail of an `unusable` result begins that is larger than what is taken; its size follows."""


class Example(msgspec.Struct, frozen=True):
    """One drawn input of a probe: inert arguments by name, in the probe's order."""

    arguments: dict[str, Value]
    gradient: tuple[str, ...] = ()
    """Names of the floating tensor arguments with respect to which gradients are taken."""
    seed: int = 0
    """Seed of the global random generators when the probe is called."""


class Raised(msgspec.Struct, frozen=True, array_like=True):
    """An exception that left the probe."""

    type_names: tuple[str, ...]
    """The exception's class and its bases, most derived first, as bare names."""
    message: str
    line: int | None = None
    """The last line of the submission that the traceback passes through."""
    code: str = ""
    """That line's text."""
    cell: int | None = None
    """Of a notebook: the code cell that the line is in, counted from 1."""


class Observation(msgspec.Struct, frozen=True, array_like=True):
    """Everything the judge may know about one call of a probe."""

    outcome: Outcome
    value: Value = None
    error: Raised | None = None
    gradients: tuple[tuple[str, TensorValue | None], ...] = ()
    """(input name, gradient of the weighted sum of floating outputs); None: no path to that input."""
    mutated: tuple[str, ...] = ()
    """Names of the inputs whose contents changed."""
    aliased: tuple[tuple[str, str], ...] = ()
    """(path in the result, input name) where an output shares an input's memory."""
    rng_moved: tuple[str, ...] = ()
    """Global generators that the call left elsewhere: `torch`, `python`, `numpy`."""
    detail: str = ""
    """Of outcomes other than `returned`: what is known, in one sentence."""


class Meta(msgspec.Struct, frozen=True, array_like=True):
    """What is told beside an observation and never compared."""

    seconds: float = 0.0
    printed: str = ""
    called: tuple[str, ...] = ()
    """With tracing: names of the torch functions that the submission called itself."""
    below: tuple[str, ...] = ()
    """With tracing: operators that ran without a function that was seen to call them."""
    flow: str = ""
    """With needed functions: `needed` when all data of the result went through them, `around` when some did not,
    `asked` when something else was asked for a yes or no. With a cut: `apart` when they were not called as before.
    """


class Observed(msgspec.Struct, frozen=True):
    """An observation as it arrived: its canonical bytes and what came beside them."""

    body: bytes
    meta: Meta


encode_observation = msgspec.msgpack.Encoder().encode
decode_observation = msgspec.msgpack.Decoder(Observation).decode
encode_example = msgspec.msgpack.Encoder().encode
decode_example = msgspec.msgpack.Decoder(Example).decode
