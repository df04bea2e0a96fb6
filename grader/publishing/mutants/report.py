"""What came of the mutants: shares by exercise, by assignment and over the course."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

State = Literal["caught", "survived", "equivalent"]


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one mutant."""

    assignment: str
    exercise: str
    """The id of the exercise it counts for: the first that can notice it."""
    defines: str
    kind: str
    state: State
    by: str = ""
    """For a caught one: the kind of finding."""
    reason: str = ""
    """For an equivalent one: the author's."""
    diff: str
    mark: str = ""
    """For a survivor: what would mark it as equivalent, the reason still to be given."""
    problem: str = ""
    """What is wrong with its mark: one that is marked as right was caught."""


class Share(msgspec.Struct, frozen=True):
    """Counts of mutants; the share is of those that are not equivalent."""

    mutants: int = 0
    caught: int = 0
    equivalent: int = 0

    @property
    def survived(self) -> int:
        """Mutants that no exercise noticed."""
        return self.mutants - self.caught - self.equivalent

    @property
    def share(self) -> float:
        """Caught of those that are not equivalent, from 0 to 1; 1 when there is none.

        >>> Share(mutants=12, caught=9, equivalent=2).share
        0.9
        """
        different = self.mutants - self.equivalent
        return self.caught / different if different else 1.0


class MutantReport(msgspec.Struct, frozen=True):
    """All that was found."""

    results: tuple[Result, ...]
    made: int
    """Mutants there are; fewer may have been tried."""
    problems: tuple[str, ...] = ()
    """What forbids to trust the shares: references that fail, marks that fit nothing or what was caught."""

    def exercises(self) -> dict[str, Share]:
        """Return the shares by exercise, in the order of the course."""
        ids = dict.fromkeys(result.exercise for result in self.results)
        return {one: count(result for result in self.results if result.exercise == one) for one in ids}

    def assignments(self) -> dict[str, Share]:
        """Return the shares by assignment, in the order of the course."""
        names = dict.fromkeys(result.assignment for result in self.results)
        return {one: count(result for result in self.results if result.assignment == one) for one in names}

    def total(self) -> Share:
        """Return the share over all."""
        return count(self.results)


def count(results: Iterable[Result]) -> Share:
    """Count results by their state."""
    states = [result.state for result in results]
    return Share(len(states), states.count("caught"), states.count("equivalent"))
