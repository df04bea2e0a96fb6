"""All that judging the exercises of one assignment takes, besides the submission."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from grader.authoring.exercises import Exercise
from grader.judging.examples.bank import Bank
from grader.judging.examples.expected import Expected
from grader.judging.mistakes import Mistakes
from grader.judging.recognising import Recogniser
from grader.records.rules import Given

_NOTHING = Given()


@dataclasses.dataclass
class Memory:
    """What was found out of a submission and holds for the very same one, handed in by somebody else.

    Each key holds the digest of the whole submission: no verdict, and no explanation, may depend on another one.
    """

    shrunk: dict[tuple[str, str, bytes], bytes] = dataclasses.field(default_factory=dict)
    """Smallest failing examples, by probe, device, submission and what it did on the bank."""
    confirmed: dict[bytes, str] = dataclasses.field(default_factory=dict)
    """Failures that came again where nothing else had run, by submission, all that it did, and the input to show: code
    for what its function was really given, "" where that is the input."""


@dataclasses.dataclass(frozen=True)
class Suite:
    """One assignment, ready to judge submissions: examples, the expected side, and how far to go."""

    exercises: tuple[Exercise, ...]
    banks: Mapping[str, Bank]
    expected: Expected
    mistakes: Mistakes | None = None
    devices: tuple[str, ...] = ("cpu",)
    seed: int = 0
    shrink_seconds: float = 5.0
    shrink_examples: int = 200
    given: Given = _NOTHING
    """What the stub holds."""
    sealed: Recogniser | None = None
    """Recognises mistakes where their sources are not at hand."""
    tells_examples: bool = False
    """Whether verdicts say on which examples a submission was not right."""
    memory: Memory = dataclasses.field(default_factory=lambda: Memory(), compare=False)
