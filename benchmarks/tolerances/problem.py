"""What a row of the tables is: a function of torch's own, right answers in other styles, and numerical faults."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

import torch

Answer = Callable[..., Any]


@dataclasses.dataclass(frozen=True)
class Problem:
    """A function with its input spaces, in the order of its parameters."""

    name: str
    reference: Answer
    arguments: Mapping[str, Any]
    right: Mapping[str, Answer]
    faults: Mapping[str, Answer]
    inexact: bool
    """Whether the result is computed with roundings, so that fewer digits show."""

    def planted(self) -> dict[str, Answer]:
        """Return the faults, with those that every computation can have: too few digits."""
        if not self.inexact:
            return dict(self.faults)
        few = {
            "in float16": through(self.reference, torch.float16),
            "in bfloat16": through(self.reference, torch.bfloat16),
            "in float32": through(self.reference, torch.float32),
        }
        return {**few, **self.faults}


def problem(
    name: str,
    reference: Answer,
    arguments: Mapping[str, Any],
    right: Mapping[str, Answer],
    faults: Mapping[str, Answer] | None = None,
    *,
    inexact: bool = True,
) -> Problem:
    """Return a row; see `Problem`."""
    return Problem(name, reference, arguments, right, faults or {}, inexact)


def through(answer: Answer, narrow: torch.dtype) -> Answer:
    """Return the answer as it comes out when floating arguments lose digits on their way in."""

    def narrowed(*arguments: Any) -> Any:
        floating = [one for one in arguments if isinstance(one, torch.Tensor) and one.is_floating_point()]
        changed = [one.to(narrow) if any(one is other for other in floating) else one for one in arguments]
        return answer(*changed).to(floating[0].dtype)

    return narrowed
