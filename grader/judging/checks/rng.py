"""Are the global random generators where the reference leaves them?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from grader.authoring.exercises import Policy
from grader.records.findings import Finding
from grader.records.limits import Limit
from grader.records.observations import Observation

_NAMES = {"torch": "torch's", "python": "Python's", "numpy": "numpy's"}


def check(expected: Observation, actual: Observation, policy: Policy, limits: Mapping[str, Limit]) -> Iterator[Finding]:
    """Yield one finding when a global generator moved that the reference leaves alone."""
    if policy.rng == "off":
        return
    moved = [_NAMES.get(name, name) for name in actual.rng_moved if name not in expected.rng_moved]
    if moved:
        yield Finding(
            kind="rng",
            must=policy.rng == "must",
            message=f"{' and '.join(moved)} global random generator was moved; use a generator of your own",
        )
