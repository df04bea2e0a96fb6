"""The charts of a class: what they show is told in words, in the page's colours, with nothing active in them."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from grader.records.verdict import decide
from grader.results.render.charts import MOST, Chart, charts
from grader.results.report import Report, submission_report
from tests import samples

SVG = "{http://www.w3.org/2000/svg}"
NASTY = "<script>alert(1)</script>$x^2$ \u202e\x1b[2J \ud800 \"' url(//x) " + "w" * 300


def class_of(outcomes: dict[str, str], exercise: str = "einsum.dot") -> Report:
    rows = [
        submission_report(name, "einsum", "einsum.py", [decide(exercise, outcome, 4.0, examples=3, seconds=0.02)])  # type: ignore[arg-type] # an outcome
        for name, outcome in outcomes.items()
    ]
    return samples.report(*rows)


def texts(chart: Chart) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(chart.svg).iter(f"{SVG}text")]


def bars(chart: Chart, colour: str) -> list[float]:
    """Return how long the bars of a colour are, longest side or not, in units of the drawing."""
    found = []
    for path in ElementTree.fromstring(chart.svg).iter(f"{SVG}path"):
        if path.get("style", "").startswith(f"fill: {colour}"):
            numbers = [float(one) for one in re.findall(r"-?[\d.]+", path.get("d", ""))]
            found.append(max(numbers[::2]) - min(numbers[::2]))
    return found


@pytest.fixture(scope="module")
def four() -> list[Chart]:
    return charts(class_of({"ada": "passed", "bob": "passed", "cho": "failed", "dan": "missing"}))


def test_what_is_drawn_is_told(four: list[Chart]) -> None:
    points, passed, times = four
    assert points.words == "median 50%. Number of students: 0-10%: 2, 90-100%: 2"
    assert texts(points).count("2") == 2
    assert passed.words == "einsum.dot: 2 of 4 pass, 1 not written"
    assert "2/4" in texts(passed)
    assert times.words == "einsum.dot: median 20 ms, longest 20 ms"
    assert "dot" in texts(times)


def test_bars_are_as_long_as_what_they_show(four: list[Chart]) -> None:
    _, passed, _ = four
    right, wrong, none = (max(bars(passed, f"var(--chart-{name})")) for name in ("right", "wrong", "none"))
    assert right == pytest.approx(2 * wrong, rel=1e-3)
    assert wrong == pytest.approx(none, rel=1e-3)


def test_all_colours_are_those_of_the_page(four: list[Chart]) -> None:
    for chart in four:
        assert not re.search(r"#[0-9a-f]{6}|rgb", chart.svg)
        assert "currentColor" in chart.svg
        assert "font-family" not in chart.svg


def test_a_drawing_brings_nothing_into_the_page_but_itself(four: list[Chart]) -> None:
    hostile = charts(class_of({NASTY: "failed", "ada": "passed"}, f"einsum.{NASTY}"))
    named = [name for chart in four for name in re.findall(r' id="([^"]*)"', chart.svg)]
    assert len(set(named)) == len(named)
    for chart in (*four, *hostile):
        root = ElementTree.fromstring(chart.svg)
        assert {one.tag.removeprefix(SVG) for one in root.iter()} <= {
            "svg",
            "g",
            "path",
            "text",
            "defs",
            "clipPath",
            "rect",
        }
        attributes = {name for one in root.iter() for name in one.attrib}
        assert not {name for name in attributes if name.startswith("on") or name.endswith("href")}
        assert root.get("aria-hidden") == "true"
        assert root.get("width") is None
        assert len(chart.svg) < 20_000
        assert not any("\u202e" in text or "\x1b" in text for text in texts(chart))
    assert any("<script>" in text for text in texts(hostile[1]))  # as text: `fromstring` found no such element


def test_the_same_class_is_drawn_the_same() -> None:
    assert charts(samples.a_class()) == charts(samples.a_class())


def test_of_many_exercises_those_that_fewest_pass_are_drawn() -> None:
    many = [
        decide(f"einsum.e{number}", "failed" if number % 2 else "passed", 1.0, examples=1)
        for number in range(2 * MOST + 4)
    ]
    _, passed, _ = charts(samples.report(submission_report("ada", "einsum", "einsum.py", many)))
    assert passed.note == f"The {MOST} that fewest pass, of {2 * MOST + 4} exercises; the table has all."
    assert "e1" in texts(passed)
    assert "e0" not in texts(passed)


def test_parts_are_left_to_the_table() -> None:
    parts = [("small", 1.0, True), ("large", 1.0, False)]
    one = decide("einsum.dot", "failed", 2.0, examples=1, parts=parts)
    _, passed, _ = charts(samples.report(submission_report("ada", "einsum", "einsum.py", [one])))
    assert passed.words == "einsum.dot: 0 of 1 pass"


def test_what_is_to_be_graded_again_is_in_no_chart() -> None:
    assert charts(samples.report()) == []
    again = submission_report("ada", "einsum", "einsum.py", [decide("einsum.dot", "not_judged", 1.0)])
    assert charts(samples.report(again)) == []
