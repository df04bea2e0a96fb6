"""JUnit XML as pytest writes it: for GitLab CI, Artemis, Pawtograder, CodeGrade and what else shows test results."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping

from grader.integrations.exporters.kinds import Exported
from grader.integrations.exporters.sheet import Entry, Score, Sheet
from grader.records.text.clean import clean

MAX_TEXT = 20_000
"""Characters of a failure that Artemis keeps."""


def export(sheet: Sheet) -> Exported:
    """Return one test suite for each submission and one test case for each exercise, with points as properties.

    What was not judged is an error without points, so that no reader takes it for a lost point.
    """
    root = ET.Element("testsuites", name=_plain(sheet.course))
    for entry in sheet.entries:
        alone = len(sheet.entries) == 1
        suite = entry.assignment if alone else f"{entry.assignment}/{entry.student}"
        root.append(_suite(entry, _plain(suite)))
    for key in ("tests", "failures", "errors"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    ET.indent(root)
    return Exported(ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")


def _suite(entry: Entry, name: str) -> ET.Element:
    suite = ET.Element("testsuite", name=name, time=f"{entry.seconds:.3f}", tests=str(len(entry.scores)))
    suite.set("failures", str(sum(not one.passed and one.points is not None for one in entry.scores)))
    suite.set("errors", str(len(entry.not_judged)))
    suite.set("skipped", "0")
    totals = {"student": entry.student, "max_points": f"{entry.max_points:.10g}"}
    if entry.points is not None:
        totals["points"] = f"{entry.points:.10g}"
    suite.append(_properties(totals))
    for score in entry.scores:
        suite.append(_case(score, name))
    return suite


def _case(score: Score, suite: str) -> ET.Element:
    case = ET.Element("testcase", classname=suite, name=_plain(score.name), time=f"{score.seconds:.6f}")
    points = {} if score.points is None else {"points": f"{score.points:.10g}"}
    case.append(_properties(points | {"max_points": f"{score.max_points:.10g}"}))
    if not score.passed:
        kind = "error" if score.points is None else "failure"
        problem = ET.SubElement(case, kind, message=_plain(score.summary), type=score.outcome)
        problem.text = clean(score.feedback, MAX_TEXT - 100)
    elif score.feedback:
        ET.SubElement(case, "system-out").text = clean(score.feedback, MAX_TEXT - 100)
    return case


def _properties(values: Mapping[str, str]) -> ET.Element:
    properties = ET.Element("properties")
    for name, value in values.items():
        ET.SubElement(properties, "property", name=name, value=_plain(value))
    return properties


def _plain(text: str) -> str:
    """Return a name that XML can hold: control characters and lone surrogates become visible."""
    return clean(text, 500, newlines=False)
