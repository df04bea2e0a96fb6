"""JUnit XML: unique names, a message with every failure, nothing that a reader would choke on."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from grader.integrations.exporters.junit import MAX_TEXT
from grader.integrations.exporters.kinds import export
from grader.integrations.exporters.sheet import sheet_of
from grader.records.findings import Finding
from grader.records.verdict import decide
from tests import samples


def test_a_class_in_junit() -> None:
    root = ET.fromstring(export(sheet_of(samples.a_class()), "junit").data)
    cases = list(root.iter("testcase"))
    names = [(case.get("classname"), case.get("name")) for case in cases]
    assert len(set(names)) == len(names) == 19
    assert ("einsum/김민준", "trace") in names
    failures = list(root.iter("failure"))
    assert all(one.get("message") and one.text for one in failures)
    assert [one.get("type") for one in root.iter("error")] == ["not_judged"]
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("19", str(len(failures)), "1")


def test_long_and_hostile_texts_are_cut_and_escaped() -> None:
    long = Finding(kind="raised", must=True, message="\x00\x1b]0;x\x07 ]]> <&> \ud800" + "a" * 50_000)
    sheet = sheet_of(
        samples.report(samples.submission([decide("einsum.trace", "raised", 1, findings=[long])], "a\x01b"))
    )
    root = ET.fromstring(export(sheet, "junit").data)
    (failure,) = root.iter("failure")
    assert len(failure.text or "") <= MAX_TEXT
    assert "]]> <&>" in (failure.text or "")
