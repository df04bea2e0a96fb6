"""How a runner can fail whoever asks it: by the submission's doing, or by ours."""

from __future__ import annotations

from grader.records.observations import Observation, Outcome


class Fault(Exception):
    """A runner ended, hung or broke the protocol; `observation` says which."""

    def __init__(self, outcome: Outcome, detail: str, seconds: float = 0.0, *, ended: bool = False) -> None:
        super().__init__(detail)
        self.observation = Observation(outcome, detail=detail)
        self.seconds = seconds
        """The time that it had, where that was up."""
        self.ended = ended
        """Whether the process ended, perhaps by somebody else's doing: what does so by itself will do so again."""


class RunnerTrouble(Exception):
    """The runner said that its own code, or the author's, failed."""
