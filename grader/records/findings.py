"""A measured difference between what a submission did and what was expected, ready to be told to a person."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

Kind = Literal[
    "value",
    "shape",
    "dtype",
    "device",
    "requires_grad",
    "gradient",
    "mutation",
    "aliasing",
    "rng",
    "structure",
    "type",
    "raised",
    "law",
    "banned",
    "needs",
    "timeout",
    "memory",
    "crashed",
    "protocol",
    "missing",
    "unloaded",
    "unusable",
    "nondeterministic",
    "unreadable",
]
"""What differs. The kinds after `law` tell of a submission that could not, or may not, be compared."""

KINDS: tuple[Kind, ...] = get_args(Kind)


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong (`must`) or worth a remark (not `must`), with its evidence.

    Texts that a submission had a part in (`message`, `actual`, `printed`, ...) may be hostile: they are kept as they
    came and made harmless by `grader.records.text.clean` where they are shown.

    >>> Finding(kind="shape", must=True, message="the result has another shape").device
    'cpu'
    """

    kind: Kind
    must: bool
    """Whether it costs the points; otherwise it is advice."""
    message: str
    """One sentence or more: what was expected, what came, how far apart and where."""
    where: str = ""
    """The path in the result, such as `result["values"]`; empty for all of it."""
    expected: str = ""
    """The right value, in short."""
    actual: str = ""
    """The submission's value, in short."""
    counterexample: str = ""
    """The smallest failing input known, as Python code."""
    shrunk: bool = False
    """Whether smaller inputs were searched for, beyond the examples that were drawn."""
    one_call: bool = True
    """Whether all that the probe does with the input is one call of the answer."""
    mistake: str | None = None
    """What to say about the typical mistake that the submission behaves like."""
    device: str = "cpu"
    probe: str = ""
    """The probe's id."""
    hidden: bool = False
    """Whether the probe is hidden: students are told only its kind."""
    printed: str = ""
    """What the submission printed on that input."""
