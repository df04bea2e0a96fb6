"""The report's JSON, what students get of it, and writing it safely."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from grader.records.errors import UsageError
from grader.records.findings import KINDS, Finding
from grader.records.verdict import decide
from grader.results.report import (
    Report,
    for_audience,
    from_json,
    read_report,
    select,
    submission_report,
    to_json,
)
from grader.results.writer import ReportWriter
from tests import samples


def redacted(report: Report) -> str:
    return to_json(for_audience(report, "student")).decode()


def test_the_json_has_the_documented_keys() -> None:
    found = json.loads(to_json(samples.a_class()))
    assert {"format", "course", "seed", "versions", "sandbox", "submissions"} <= found.keys()
    assert found["format"] == 1
    assert found["sandbox"] == {"level": "strong", "layers": {"landlock": "ok", "seccomp": "ok", "uid": "ok"}}
    one = found["submissions"][0]
    assert {"student", "assignment", "source", "points", "max_points", "exercises"} <= one.keys()
    assert (one["student"], one["assignment"], one["source"]) == ("ada", "einsum", "einsum.py")
    assert (one["points"], one["max_points"]) == (1.0, 9.5)
    exercise = one["exercises"][2]
    assert {"id", "outcome", "points", "max_points", "examples", "seconds", "findings"} <= exercise.keys()
    assert (exercise["id"], exercise["outcome"], exercise["points"]) == ("einsum.row_sums", "failed", 0.0)
    wanted = {"kind", "must", "message", "counterexample", "expected", "actual", "mistake", "device"}
    assert wanted <= exercise["findings"][0].keys()
    assert one["exercises"][1]["findings"][0]["mistake"] is None


def test_what_was_not_judged_is_null_and_never_a_zero() -> None:
    kim = json.loads(to_json(samples.a_class()))["submissions"][3]
    assert kim["exercises"][2]["points"] is None
    assert kim["points"] is None
    assert (kim["judged_points"], kim["max_points"]) == (1.0, 3.0)


def test_json_reads_back() -> None:
    report = samples.a_class()
    assert from_json(to_json(report)) == report


def test_keys_of_a_later_minor_version_are_passed_over() -> None:
    found = json.loads(to_json(samples.a_class()))
    found["weather"] = found["submissions"][0]["mood"] = "fine"
    assert from_json(json.dumps(found)) == samples.a_class()


def test_hostile_text_is_harmless_in_the_report() -> None:
    text = to_json(samples.a_class()).decode()
    assert "\\u001b" not in text
    assert "\u202e" not in text
    message = json.loads(text)["submissions"][3]["exercises"][1]["findings"][0]["message"]
    assert r"\x1b[2J" in message
    assert "\n::error" not in message


def test_lone_surrogates_and_floods_cannot_spoil_the_report() -> None:
    finding = Finding(kind="raised", must=True, message="\ud800" + "x" * 1_000_000, printed="\udfff")
    one = submission_report("a\udcff", "einsum", "einsum.py", [decide("einsum.a", "raised", 1, findings=[finding])])
    data = to_json(samples.report(one))
    assert len(data) < 50_000
    assert from_json(data).submissions[0].student == r"a\udcff"


def test_students_see_neither_the_seed_nor_anything_of_a_hidden_probe() -> None:
    text = redacted(samples.a_class())
    assert "secret" not in text
    outer = json.loads(text)["submissions"][0]["exercises"][4]
    assert [finding["message"] for finding in outer["findings"]] == [
        "A hidden test failed: the result has other values than expected."
    ]
    assert outer["examples"] == 100
    assert outer["hidden_examples"] == 0
    assert json.loads(text)["seed"] is None


def test_planted_leak_the_unredacted_report_has_the_secrets() -> None:
    assert "secret" in to_json(samples.a_class()).decode()
    assert for_audience(samples.a_class(), "instructor") == samples.a_class()


@pytest.mark.parametrize("kind", KINDS)
def test_hidden_findings_of_every_kind_have_a_sentence(kind: str) -> None:
    finding = Finding(kind=kind, must=True, message="secret", hidden=True)  # type: ignore[arg-type]  # each of KINDS
    one = submission_report("a", "b", "c", [decide("b.d", "failed", 1, findings=[finding])])
    told = for_audience(samples.report(one), "student").submissions[0].exercises[0].findings[0]
    assert told.message.startswith("A hidden test failed: ")
    assert told.kind == kind


def test_hidden_advice_is_not_told() -> None:
    finding = Finding(kind="aliasing", must=False, message="secret", hidden=True)
    one = submission_report("a", "b", "c", [decide("b.d", "passed", 1, examples=2, findings=[finding])])
    assert for_audience(samples.report(one), "student").submissions[0].exercises[0].findings == ()


def test_an_unknown_audience_sees_nothing() -> None:
    with pytest.raises(ValueError, match="neither 'student' nor 'instructor'"):
        for_audience(samples.a_class(), "students")  # type: ignore[arg-type]  # a typo


def test_one_students_report_can_be_taken_out() -> None:
    report = select(samples.a_class(), student="ada")
    assert report.seconds == 0.0
    assert [one.assignment for one in report.submissions] == ["einsum", "indexing"]
    assert len(select(report, assignment="indexing").submissions) == 1


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"points: 3", "out.json is no report of the grader: "),
        (b"[]", "out.json is no report of the grader: Expected `object`"),
        (b'{"course": "x"}', "is no report of the grader: Object missing required field `format`"),
        (b'{"format": 2}', "out.json is a report of format 2; this version of the grader reads format 1."),
        (b'{"format": 1}', "out.json is a damaged report: Object missing required field `course`"),
        (b'{"format": 1, "course": "x", "seed": 3}', "Expected `str | null`, got `int` - at `$.seed`"),
        (b"\xff\xfe", "is no report of the grader"),
    ],
)
def test_what_is_no_report_is_refused_with_the_reason(data: bytes, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        from_json(data, "out.json")
    assert message in caught.value.message
    assert "rade" in (caught.value.hint or "")


def test_a_report_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot read the report .*none\.json: No such file or directory"):
        read_report(tmp_path / "none.json")


def test_a_writer_leaves_a_whole_report_after_each_submission(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    with ReportWriter(path, samples.report(), interval=0) as writer:
        assert read_report(path).submissions == ()
        judged = [one for one in samples.a_class().submissions if one.points is not None]
        for count, submission in enumerate(judged, 1):
            writer.add(submission)
            assert len(read_report(path).submissions) == count
            assert not read_report(path).complete
    assert read_report(path).complete
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.json"]


def test_submissions_finished_out_of_order_are_put_in_order(tmp_path: Path) -> None:
    with ReportWriter(tmp_path / "out.json", samples.report()) as writer:
        for position in (2, 0, 1):
            writer.add(samples.submission([], f"student {position}"), position)
    students = [one.student for one in read_report(tmp_path / "out.json").submissions]
    assert students == ["student 0", "student 1", "student 2"]


def test_a_file_for_students_never_holds_more_than_they_may_see(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    secret = msgspec.structs.replace(samples.report(), seed="secret")
    with ReportWriter(path, secret, interval=0, audience="student") as writer:
        writer.add(samples.submission(samples.perfect()))
        assert read_report(path).seed is None
    assert (read_report(path).seed, writer.report.seed) == (None, "secret")


def test_interrupted_writing_keeps_what_was_graded(tmp_path: Path) -> None:
    path = tmp_path / "out.json"

    def interrupted() -> None:
        with ReportWriter(path, samples.report(), interval=3600) as writer:
            writer.add(samples.submission(samples.perfect()))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert len(read_report(path).submissions) == 1
    assert not read_report(path).complete


def test_a_report_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot write .*: No such file or directory"):
        ReportWriter(tmp_path / "none" / "out.json", samples.report()).write()
    (tmp_path / "folder").mkdir()
    with pytest.raises(UsageError, match=r"cannot write .*folder: (Is a directory|File exists)"):
        ReportWriter(tmp_path / "folder", samples.report()).write()
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder"]


def test_a_report_with_something_unjudged_is_not_complete(tmp_path: Path) -> None:
    whole = samples.a_class()
    for one, complete in [(whole.submissions[3], False), (whole.submissions[0], True)]:
        path = tmp_path / f"{complete}.json"
        with ReportWriter(path, msgspec.structs.replace(whole, submissions=())) as writer:
            writer.add(one)
        assert read_report(path).complete is complete
