"""All that judging the exercises of one assignment takes, besides the submission."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from grader.authoring.exercises import Exercise
from grader.judging.examples.bank import Bank
from grader.judging.examples.expected import Expected
from grader.judging.mistakes import Mistakes


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
    shrunk: dict[tuple[str, str, bytes], bytes] = dataclasses.field(default_factory=dict, compare=False)
    """Smallest failing examples found, by probe, device and what a submission did on the bank: a class makes the same
    mistakes, and those that behave alike need one search. Each is put to the submission before it is told."""
    proven: set[bytes] = dataclasses.field(default_factory=set, compare=False)
    """What is known to be the own doing of an exercise's code, by that code, all that it did and the input to show: it
    failed there again where nothing else can be to blame. The same code that does the same need not prove it again."""
