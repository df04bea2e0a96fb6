"""Grading some students into a report that holds a class never leaves fewer than before."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from grader.records.errors import UsageError
from grader.results.earlier import earlier_report
from grader.results.report import ExerciseReport, Report, SubmissionReport, read_report, to_json
from grader.results.writer import ReportWriter
from tests import samples

TOTAL = ExerciseReport(id="einsum.total", outcome="passed", points=1.0, max_points=1.0, examples=3, seconds=0.1)


def of(student: str, points: float = 1.0) -> SubmissionReport:
    return SubmissionReport(
        student=student, assignment="einsum", source="einsum.py", points=points, max_points=2.0, exercises=(TOTAL,)
    )


@pytest.fixture
def blank() -> Report:
    return msgspec.structs.replace(samples.report(), submissions=(), complete=True)


@pytest.fixture
def path(tmp_path: Path, blank: Report) -> Path:
    held = tmp_path / "class.json"
    held.write_bytes(to_json(msgspec.structs.replace(blank, submissions=(of("ada"), of("bob")))))
    return held


def test_a_regrade_is_merged_in(path: Path, blank: Report) -> None:
    before = path.read_bytes()
    earlier = earlier_report(path, blank, {("bob", "einsum"), ("cho", "einsum")})
    with ReportWriter(path, blank, earlier=earlier, interval=0) as writer:
        writer.add(of("bob", 2.0))
        assert path.read_bytes() == before, "only a complete report replaces one"
        assert writer.partial is not None
        assert not read_report(writer.partial).complete
        writer.add(of("cho"))
    found = read_report(path)
    assert [(one.student, one.points) for one in found.submissions] == [("ada", 1.0), ("bob", 2.0), ("cho", 1.0)]
    assert found.complete
    assert not writer.partial.exists()


def test_a_run_that_is_stopped_leaves_the_earlier_report(path: Path, blank: Report) -> None:
    before = path.read_bytes()
    writer = ReportWriter(path, blank, earlier=earlier_report(path, blank, set()))
    writer.add(of("cho"))
    writer.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert path.read_bytes() == before
    assert writer.partial is not None
    assert [one.student for one in read_report(writer.partial).submissions] == ["ada", "bob", "cho"]


def test_what_cannot_be_put_together_is_refused(tmp_path: Path, path: Path, blank: Report) -> None:
    some = {("ada", "einsum")}
    cases = [
        (path, msgspec.structs.replace(blank, seed="other"), some, (), "graded with another seed"),
        (path, msgspec.structs.replace(blank, course="other"), some, (), "a report on the course"),
        (path, blank, some, ("einsum.trace",), "only some of them are to be graded"),
    ]
    (tmp_path / "notes.txt").write_text("mine")
    cases.append((tmp_path / "notes.txt", blank, some, (), "is no report of the grader"))
    for where, fresh, graded, part, message in cases:
        with pytest.raises(UsageError, match=message) as caught:
            earlier_report(where, fresh, graded, part)
        assert "--replace" in (caught.value.hint or "")
    everybody = {("ada", "einsum"), ("bob", "einsum")}
    assert earlier_report(path, msgspec.structs.replace(blank, seed="other"), everybody) is None
    assert earlier_report(tmp_path / "none.json", blank, some) is None
    assert earlier_report(Path("/dev/null"), blank, some) is None
