"""Are the inputs as they were?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from grader.authoring.exercises import Policy
from grader.records.findings import Finding
from grader.records.limits import Limit
from grader.records.observations import Observation
from grader.records.text.saying import say


def check(expected: Observation, actual: Observation, policy: Policy, limits: Mapping[str, Limit]) -> Iterator[Finding]:
    """Yield each input that was modified though the reference leaves it alone."""
    if policy.mutation == "off":
        return
    for name in actual.mutated:
        if name not in expected.mutated:
            yield Finding(
                kind="mutation",
                must=policy.mutation == "must",
                where=name,
                message=say("the input {name} was modified; make a copy first, such as {name}.clone()", name=name),
            )
