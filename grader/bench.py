"""All that judging the exercises of one assignment takes, besides the submission."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from grader.bank import Bank
from grader.diagnose import Mistakes
from grader.exercise import Exercise
from grader.expected import Expected


@dataclasses.dataclass(frozen=True)
class Bench:
    """One assignment, ready to judge submissions: examples, the expected side, and how far to go."""

    exercises: tuple[Exercise, ...]
    banks: Mapping[str, Bank]
    expected: Expected
    mistakes: Mistakes | None = None
    devices: tuple[str, ...] = ("cpu",)
    seed: int = 0
    shrink_seconds: float = 0.5
    shrink_examples: int = 200
