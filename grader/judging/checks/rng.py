"""Are the global random generators where the reference leaves them?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from grader.authoring.exercises import Policy
from grader.records.findings import Finding
from grader.records.limits import Limit
from grader.records.observations import Observation
from grader.records.text.saying import later, say

_NAMES = {"torch": later("torch's"), "python": later("Python's"), "numpy": later("numpy's")}


def check(expected: Observation, actual: Observation, policy: Policy, limits: Mapping[str, Limit]) -> Iterator[Finding]:
    """Yield one finding when a global generator moved that the reference leaves alone."""
    if policy.rng == "off":
        return
    moved = [
        say(_NAMES[name]) if name in _NAMES else name for name in actual.rng_moved if name not in expected.rng_moved
    ]
    if moved:
        yield Finding(
            kind="rng",
            must=policy.rng == "must",
            message=say(
                "{names} global random generator was moved; use a generator of your own", names=say(" and ").join(moved)
            ),
        )
