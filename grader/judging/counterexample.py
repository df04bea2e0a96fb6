"""From many failing examples to the one to show: the smallest, which must fail once more."""

from __future__ import annotations

import ast
import dataclasses
import functools
import hashlib
import inspect
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from grader.engine.deadlines import patience
from grader.engine.session import Session
from grader.judging.comparison import Failure, findings_of, limits_of
from grader.judging.shrinking import shrink
from grader.judging.suite import Suite
from grader.records.findings import Finding
from grader.records.limits import LazyLimits, Limit
from grader.records.observations import Example, Observed, decode_example, encode_example
from grader.records.text import example_code
from grader.records.text.saying import say


def search(suite: Suite, session: Session, failure: Failure, observed: Sequence[Observed]) -> Failure:
    """Return the failure on the smallest input that can be found; `observed` is what came of the bank."""
    if not failure.can_shrink or suite.shrink_seconds <= 0:
        return failure
    return dataclasses.replace(_known_or_shrunk(suite, session, failure, observed), shrunk=True)


def confirm(suite: Suite, session: Session, found: Sequence[Failure]) -> Failure | None:
    """Return the first of these failures that fails again, in runners that were not asked about it before."""
    for failure in found:
        if failure.can_shrink:
            again = _try(suite, session, failure, failure.example or b"")
            if again is not None:
                return dataclasses.replace(again, shrunk=failure.shrunk)
    return None


def digest_of(parts: Iterable[bytes]) -> bytes:
    """Return a digest of byte strings that no others have."""
    return hashlib.blake2b(b"".join(b"%d:" % len(part) + part for part in parts), digest_size=16).digest()


def unsteady(failure: Failure) -> Failure:
    """Return a failure that did not come again as what it is: no right answer, but no steady one either."""
    message = say(
        "the same input gave a right answer once and a wrong one another time: the result is not deterministic"
    )
    finding = Finding(kind="nondeterministic", must=True, message=message)
    return dataclasses.replace(failure, findings=(finding, *failure.findings))


def _known_or_shrunk(suite: Suite, session: Session, failure: Failure, observed: Sequence[Observed]) -> Failure:
    key = (failure.probe.id, failure.device, digest_of([session.digest, *(one.body for one in observed)]))
    known = suite.memory.shrunk.get(key)
    again = None if known is None else _try(suite, session, failure, known)
    if again is not None:
        return again
    best = _shrunk(suite, session, failure)
    if best.example is not None:
        suite.memory.shrunk[key] = best.example
    return best


def _shrunk(suite: Suite, session: Session, failure: Failure) -> Failure:
    best = failure
    tried: dict[bytes, Failure | None] = {}

    def fails(example: Example) -> bool:
        encoded = encode_example(example)
        if encoded not in tried:
            tried[encoded] = _try(suite, session, failure, encoded)
        found = tried[encoded]
        # What is plainly wrong is not shown where it differs by one digit more than is allowed.
        return found is not None and (failure.slight or not found.slight)

    assert failure.example is not None
    found = shrink(
        failure.probe,
        fails,
        decode_example(failure.example),
        seed=suite.seed,
        seconds=suite.shrink_seconds * patience(),  # what is found must not depend on the load
        max_examples=suite.shrink_examples,
    )
    if found is not None:
        best = tried.get(encode_example(found)) or failure
    return best


def _try(suite: Suite, session: Session, failure: Failure, example: bytes) -> Failure | None:
    """Return the failure on another example, or None when the submission is right there or nothing is expected."""
    expected = _expected(suite, failure, example)
    if expected is None:
        return None
    observed = session.call(failure.probe, [example], failure.device)[0]
    findings = findings_of(failure.probe, example, expected[0], observed.body, expected[1])
    if not any(finding.must for finding in findings):
        return None
    compared = expected[0], observed.body
    return Failure(failure.probe, failure.device, example, findings, observed.meta.printed, compared=compared)


def _expected(suite: Suite, failure: Failure, example: bytes) -> tuple[bytes, Mapping[str, Limit]] | None:
    """Return what is expected on an example, with what is allowed around it; None where nothing can be had."""
    probe, expected = failure.probe, suite.expected
    body = expected.answer(probe, example, failure.device)
    if body is not None:
        return body, LazyLimits(lambda: expected.limits_at(probe, example))
    examples = suite.banks[probe.id].examples
    if example not in examples:
        return None
    index = examples.index(example)
    return expected.bodies(probe, failure.device)[index], limits_of(expected, probe, index)


@functools.cache
def is_one_call(run: Callable[..., Any]) -> bool:
    """Say whether a probe's function is one call of the answer, such as `return submission.trace(x)`.

    Where its source cannot be had it is taken for one.
    """
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(run))).body[0]
    except (OSError, TypeError, SyntaxError, IndexError):
        return True
    if not isinstance(tree, ast.FunctionDef):
        return True
    body = [one for one in tree.body if not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))]
    if len(body) != 1 or not isinstance(body[0], ast.Return) or not isinstance(body[0].value, ast.Call):
        return False
    call = body[0].value
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    plain = all(isinstance(one.value if isinstance(one, ast.Starred) else one, ast.Name) for one in given)
    return plain and isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name)


def reported(failure: Failure, mistake: str | None, given: str = "", only: str = "") -> list[Finding]:
    """Return a failure's findings as they are reported: with the input as code, and where it was met.

    `given` is code for what a function of the submission really got, where that is another thing; `only` says on which
    examples alone it fails, which the first finding tells.
    """
    code = example_code(decode_example(failure.example)) if failure.example is not None else ""
    code = f"{code}\n\n{given}" if code and given else code
    return [
        msgspec.structs.replace(
            finding,
            message=f"{finding.message}\n{only}" if only and not place else finding.message,
            counterexample=code,
            shrunk=failure.shrunk,
            one_call=failure.probe.hidden or is_one_call(failure.probe.run),
            mistake=mistake if finding.must else None,
            device=failure.device,
            probe=failure.probe.id,
            hidden=failure.probe.hidden,
            printed=failure.printed,
        )
        for place, finding in enumerate(failure.findings[:6])
    ]
