"""Do the floating results have the reference's gradients with respect to the floating inputs?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from grader.authoring.exercises import Policy
from grader.judging.checks.elements import decode, difference
from grader.records.findings import Finding
from grader.records.limits import Limit
from grader.records.observations import Observation
from grader.records.text import show
from grader.records.text.saying import say
from grader.records.values import TensorValue


def check(expected: Observation, actual: Observation, policy: Policy, limits: Mapping[str, Limit]) -> Iterator[Finding]:
    """Yield the inputs whose gradients differ; a missing gradient equals one of zeros."""
    if policy.gradients == "off" or expected.outcome != "returned":
        return
    observed = list(actual.gradients)
    for number, (name, wanted) in enumerate(expected.gradients):
        got = observed[number][1] if number < len(observed) and observed[number][0] == name else None
        problem = _problem(wanted, got, policy, partial(limits.get, f"gradient of {name}"))
        if problem:
            yield Finding(
                kind="gradient",
                must=policy.gradients == "must",
                where=f"gradient of {name}",
                message=say("the gradient with respect to {name} is wrong: {problem}", name=name, problem=problem),
                expected=show(wanted),
                actual=show(got),
            )


def _problem(
    wanted: TensorValue | None, got: TensorValue | None, policy: Policy, limit: Callable[[], Limit | None]
) -> str | None:
    if _is_zero(wanted) and _is_zero(got):
        return None
    if wanted is None:
        return say("no gradient should reach this input")
    if got is None:
        return say("no gradient reaches this input")
    if wanted.shape != got.shape:
        return say("expected shape {expected}, got {actual}", expected=str(wanted.shape), actual=str(got.shape))
    return difference(wanted, got, policy.rtol, policy.atol, limit)


def _is_zero(gradient: TensorValue | None) -> bool:
    return gradient is None or not decode(gradient).any()
