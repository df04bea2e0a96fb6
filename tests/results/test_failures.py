"""What failed before: kept between runs, tried first, and told when it is right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from grader.records.verdict import Outcome, Searched, Tried, Verdict, decide
from grader.results.failures import Failures, compared, read_failures, with_verdicts, write_failures
from grader.results.render.detail import earlier_text, searched_text
from grader.results.report import Earlier, submission_report
from tests import snapshot
from tests.courses import write
from tests.judging.checks.test_messages import in_both


def verdict(outcome: Outcome, *not_right: str, examples: str = "all") -> Verdict:
    made = decide("einsum.trace", outcome, 1.0, examples=4)
    return msgspec.structs.replace(made, tried=Tried(examples, not_right))


def test_what_failed_is_kept_until_it_passes(tmp_path: Path) -> None:
    failures = with_verdicts(Failures(), tmp_path, [verdict("failed", "1", "2")])
    write_failures(tmp_path, failures)
    assert read_failures(tmp_path) == failures
    assert failures.first() == {"1", "2"}
    assert with_verdicts(failures, tmp_path, [verdict("missing", "1", "2", "3")]) == failures, "a stub says nothing"
    assert with_verdicts(failures, tmp_path, [verdict("passed")]) == Failures()


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        (verdict("failed", "1"), Earlier(4, 3)),
        (verdict("passed"), Earlier(4, 4)),
        (verdict("failed", "1", "7"), Earlier(4, 3, 1)),
        (verdict("timeout", "1", "7"), Earlier(4, 3)),
        (verdict("missing", "1"), None),
        (verdict("failed", "1", examples="others"), None),
        (decide("einsum.trace", "unreadable", 1.0), None),
        (decide("einsum.dot", "failed", 1.0), None),
    ],
)
def test_how_earlier_failures_fare(tmp_path: Path, now: Verdict, wanted: Earlier | None) -> None:
    before = with_verdicts(Failures(), tmp_path, [verdict("failed", "1", "2", "3", "4")])
    assert compared(before, tmp_path, now) == wanted
    assert compared(before, tmp_path / "elsewhere", now) is None, "another folder holds another answer"


@pytest.mark.parametrize("text", ["junk", '{"format": 99}', "[]", '{"exercises": {"a": 3}}'])
def test_a_memory_that_cannot_be_read_is_none(tmp_path: Path, text: str) -> None:
    write(tmp_path / "failures.json", text)
    assert read_failures(tmp_path) == Failures()


def told() -> Iterator[str]:
    """Yield what is said of earlier failures."""
    one = submission_report("ada", "einsum", "einsum.py", [verdict("passed")]).exercises[0]
    for earlier in (Earlier(1, 1), Earlier(4, 4), Earlier(4, 3), Earlier(1, 0, 1), Earlier(4, 2, 5)):
        yield earlier_text(msgspec.structs.replace(one, earlier=earlier))
    assert earlier_text(msgspec.structs.replace(one, earlier=Earlier(4, 0))) == ""


def told_of_searches() -> Iterator[str]:
    """Yield what is said of a search among fresh inputs."""
    for outcome in ("passed", "failed"):
        for searched in (Searched(0, 0, 7), Searched(1, 0, 7), Searched(1000, 1, 7), Searched(1000, 2, 123456)):
            made = msgspec.structs.replace(decide("einsum.trace", outcome, 1.0, examples=4), searched=searched)  # type: ignore[arg-type]  # both are outcomes
            yield searched_text(submission_report("ada", "einsum", "einsum.py", [made]).exercises[0])


def test_what_is_said_of_earlier_failures() -> None:
    snapshot.check("earlier.txt", in_both(told))


def test_what_is_said_of_searches() -> None:
    snapshot.check("searched.txt", in_both(told_of_searches))
