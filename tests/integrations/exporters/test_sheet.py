"""The sheet of scores that all formats are made from."""

from __future__ import annotations

import msgspec
import pytest

from grader.integrations.exporters.sheet import only_assignment, only_entry, sheet_of
from grader.records.errors import UsageError
from tests import samples


def test_a_changed_report_is_refused() -> None:
    one = msgspec.structs.replace(samples.submission(samples.perfect()), points=99.0)
    with pytest.raises(UsageError, match=r"does not add up: ada's einsum is said to have 99.0 of 3.0 points"):
        sheet_of(samples.report(one))


def test_a_student_who_stands_there_twice_is_refused() -> None:
    one = samples.submission(samples.perfect())
    with pytest.raises(UsageError, match=r"more than one result of ada \(einsum\)"):
        sheet_of(samples.report(one, one))


def test_an_empty_choice_tells_what_there_is() -> None:
    with pytest.raises(UsageError, match="holds no result of nobody") as caught:
        sheet_of(samples.a_class(), student="nobody")
    assert "4 students; einsum, indexing" in (caught.value.hint or "")


def test_formats_of_one_submission_ask_which() -> None:
    sheet = sheet_of(samples.a_class())
    with pytest.raises(UsageError, match=r"holds the result of one submission, and the report has 5"):
        only_entry(sheet, "results.json")
    with pytest.raises(UsageError, match="takes one assignment at a time, and the report has einsum, indexing"):
        only_assignment(sheet, "a gradebook")
    assert only_entry(sheet_of(samples.a_class(), student="eve"), "x").student == "eve"
