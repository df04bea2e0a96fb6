"""One report in, every format out: the totals agree in all of them, and what was not judged is nowhere a zero."""

from __future__ import annotations

import csv
import functools
import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.integrations.exporters.kinds import KINDS, export
from grader.integrations.exporters.sheet import Sheet, sheet_of
from grader.records.errors import UsageError
from grader.records.findings import Finding
from grader.records.verdict import decide
from tests import samples

WRONG = Finding(kind="value", must=True, message="wrong")
Totals = tuple[float | None, float | None]
"""Points (None: not known) and maximum (None: the format has no place for it)."""


def sheet_with(*exercises: tuple[str, float]) -> Sheet:
    """Return a sheet of one submission with these outcomes and points."""
    verdicts = [
        decide(
            f"einsum.e{n}", outcome, points, examples=9, findings=[] if outcome in ("passed", "not_judged") else [WRONG]
        )  # type: ignore[arg-type] # words of tests
        for n, (outcome, points) in enumerate(exercises)
    ]
    return sheet_of(samples.report(samples.submission(verdicts)))


def filled(kind: str, folder: Path) -> dict[str, Any]:
    """Return the options with which a format that fills something in finds `ada`."""
    if kind == "canvas":
        header = "Student,ID,SIS Login ID,Section,einsum (77)\n    Points Possible,,,,\n"
        (folder / "canvas.csv").write_text(f"{header}Ada,1,ada,s1,\n")
        return {"fill": folder / "canvas.csv"}
    if kind == "moodle":
        header = "Identifier,Full name,Username,Grade,Maximum Grade,Feedback comments\n"
        (folder / "moodle.csv").write_text(f"{header}Participant 7,Ada,ada,,,\n")
        return {"fill": folder / "moodle.csv"}
    return {}


def _rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


def _number(text: str | None) -> float | None:
    return float(text) if text else None


def _junit(data: bytes) -> Totals:
    root = ET.fromstring(data)
    cases = root.findall("testsuite/testcase")
    values = [{p.get("name"): p.get("value") for p in case.iter("property")} for case in cases]
    points = [float(one["points"] or 0) for one in values if "points" in one]
    suite = {p.get("name"): p.get("value") for p in root.findall("testsuite/properties/property")}
    total = sum(points) if len(points) == len(cases) else None
    assert _number(suite.get("points")) == (None if total is None else pytest.approx(total))
    return total, sum(float(one["max_points"] or 0) for one in values)


def _gradescope(data: bytes) -> Totals:
    result = json.loads(data)
    tests = result.get("tests", [])
    if "score" in result:
        assert result["score"] == pytest.approx(sum(one["score"] for one in tests))
    return result.get("score"), result["extra_data"]["max_points"]


def _classroom50(data: bytes) -> Totals:
    result = json.loads(data)
    scores = [one["score"] for one in result["tests"]]
    assert sum(scores) == result["score"]
    assert sum(one["max-score"] for one in result["tests"]) == result["max-score"]
    assert all(type(number) is int for number in [*scores, result["score"], result["max-score"]])
    return result["score"] / result["max-score"], 1.0


READ: dict[str, Any] = {
    "junit": _junit,
    "csv": lambda data: (_number(_rows(data)[0]["points"]), _number(_rows(data)[0]["max_points"])),
    "json": lambda data: (
        json.loads(data)["submissions"][0]["points"],
        json.loads(data)["submissions"][0]["max_points"],
    ),
    "canvas": lambda data: (_number(_rows(data)[1]["einsum (77)"]), None),
    "moodle": lambda data: (_number(_rows(data)[0]["Grade"]), None),
    "gradescope": _gradescope,
    "classroom50": _classroom50,
    "autolab": lambda data: (sum(json.loads(data)["scores"].values()), None),
    "prairielearn": lambda data: (json.loads(data)["score"], 1.0),
}
SHARES = ("classroom50", "prairielearn")
"""Formats that tell a share of the maximum, or whole numbers in its proportion."""

exercises = st.lists(
    st.tuples(st.sampled_from(["passed", "failed", "missing", "timeout"]), st.sampled_from([0.1, 0.5, 1.0, 1.25, 3.0])),
    min_size=1,
    max_size=12,
)


def disagreeing(sheet: Sheet, folder: Path, tamper: Any = lambda data: data) -> list[str]:
    """Return the formats whose totals are not the report's."""
    entry, found = sheet.entries[0], []
    assert entry.points is not None
    for kind in KINDS:
        try:
            points, maximum = READ[kind](tamper(export(sheet, kind, **filled(kind, folder)).data))
        except AssertionError:  # a format that holds both exercises and a total does not agree with itself
            found.append(kind)
            continue
        share = entry.max_points if kind in SHARES else 1.0
        same = points == pytest.approx(entry.points / share, abs=1e-9)
        if not same or maximum not in (None, pytest.approx(entry.max_points / share)):
            found.append(kind)
    return found


def test_every_format_is_read_here() -> None:
    assert READ.keys() == KINDS.keys()


@settings(max_examples=40, deadline=None)
@given(exercises)
def test_totals_agree_in_every_format(tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[str, float]]) -> None:
    assert disagreeing(sheet_with(*drawn), tmp_path_factory.getbasetemp()) == []


def test_a_format_that_adds_up_otherwise_is_noticed(tmp_path: Path) -> None:
    sheet = sheet_with(("passed", 2.0), ("failed", 3.0))

    changes = ((b"2.0", b"3.0"), (b'"2"', b'"3"'), (b",2", b",3"), (b"0.4", b"0.6"), (b": 2", b": 3"))

    def tamper(data: bytes) -> bytes:
        return functools.reduce(lambda kept, change: kept.replace(*change), changes, data)

    assert disagreeing(sheet, tmp_path, tamper) == list(KINDS)


def test_what_was_not_judged_is_nowhere_a_zero(tmp_path: Path) -> None:
    sheet = sheet_with(("passed", 2.0), ("not_judged", 3.0))
    for kind in KINDS:
        if kind == "classroom50":
            with pytest.raises(UsageError, match="to be graded again"):
                export(sheet, kind)
            continue
        made = export(sheet, kind, **filled(kind, tmp_path))
        if kind == "prairielearn":
            assert json.loads(made.data)["gradable"] is False
        elif kind == "autolab":
            assert json.loads(made.data) == {"scores": {"e0": 2.0}}
        else:
            assert READ[kind](made.data)[0] is None, kind
        if kind in ("canvas", "moodle"):
            assert "ada: to be graded again (1 not judged); left as it was" in made.notes


def test_a_result_with_nothing_judged_has_no_score_at_all(tmp_path: Path) -> None:
    sheet = sheet_with(("not_judged", 2.0), ("not_judged", 3.0))
    result = json.loads(export(sheet, "gradescope").data)
    assert "score" not in result
    assert "tests" not in result
    assert "through no fault of yours" in result["output"]
    assert json.loads(export(sheet, "autolab").data) == {"scores": {}}
    nothing = sheet_of(samples.report(samples.submission([])))
    assert nothing.entries[0].points is None
    assert _rows(export(nothing, "csv").data)[0]["points"] == ""
    assert json.loads(export(nothing, "prairielearn").data)["gradable"] is False


def test_students_see_nothing_hidden_in_any_format(tmp_path: Path) -> None:
    sheet = sheet_of(samples.report(samples.submission(samples.ada())))
    for kind in KINDS:
        data = export(sheet, kind, **filled(kind, tmp_path)).data
        assert b"secret" not in data, kind
    told = sheet_of(samples.report(samples.submission(samples.ada())), "instructor")
    assert b"secret message" in export(told, "junit").data
