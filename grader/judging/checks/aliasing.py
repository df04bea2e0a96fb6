"""Does a result share memory with an input where the reference's does not?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from grader.authoring.exercises import Policy
from grader.records.findings import Finding
from grader.records.limits import Limit
from grader.records.observations import Observation
from grader.records.text.saying import say


def check(expected: Observation, actual: Observation, policy: Policy, limits: Mapping[str, Limit]) -> Iterator[Finding]:
    """Yield each result that shares an input's memory; advice unless the exercise says *fresh*."""
    if policy.aliasing == "off":
        return
    allowed = set(expected.aliased)
    for where, name in actual.aliased:
        if (where, name) not in allowed:
            yield Finding(
                kind="aliasing",
                must=policy.aliasing == "must",
                where=where,
                message=say(
                    "{where} shares memory with the input {name}: changing one changes the other",
                    where=where,
                    name=name,
                ),
            )
