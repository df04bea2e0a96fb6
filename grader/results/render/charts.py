"""Charts of a class as SVG within the page: drawn by matplotlib, in the page's own colours, told in words as well."""

from __future__ import annotations

import dataclasses
import io
import itertools
import logging
import re
import statistics
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import markupsafe

from grader.records.text.clean import clean
from grader.records.verdict import add
from grader.results.causes import paces
from grader.results.render.statistics import ExerciseStatistics, exercise_statistics
from grader.results.render.words import count, duration
from grader.results.report import Report, SubmissionReport

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST = 30
"""Exercises in one chart; of more, those that fewest pass: the table has all."""
BINS = 10
_WIDTH, _ROW = 5.0, 0.27
"""Inches; a page shows 72 units of the drawing for each, and scales them to its own width."""
_LONGEST_NAME = 28
_COLOURS = {
    "#010101": "currentColor",
    "#020202": "var(--line)",
    "#030303": "var(--chart-right)",
    "#040404": "var(--chart-wrong)",
    "#050505": "var(--chart-none)",
}
"""What is drawn with, and the page's colour that takes its place: one drawing serves both themes."""
_INK, _LINE, _RIGHT, _WRONG, _NONE = _COLOURS
_SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",  # text stays text: small, selectable, in the page's font
    "text.parse_math": False,  # a $ in a name is a $
    "font.size": 12,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "text.color": _INK,
    "axes.edgecolor": _LINE,
    "axes.labelcolor": _INK,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "xtick.bottom": False,
    "ytick.left": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "grid.color": _LINE,
    "axes.axisbelow": True,
}
_SVG = "http://www.w3.org/2000/svg"
_USED = re.compile(r"#(\w+)")
_FOR_NOBODY = {"Creator": None, "Date": None, "Format": None, "Type": None}


@dataclasses.dataclass(frozen=True)
class Chart:
    """One drawing."""

    title: str
    svg: markupsafe.Markup
    words: str
    """What it shows, for those who do not see it."""
    note: str = ""
    """What it leaves out."""


def charts(report: Report) -> list[Chart]:
    """Return the charts of a class: its points, how many pass each exercise, and how long answers take."""
    return [*_points(report), *_passed(report), *_times(report)]


def _points(report: Report) -> Iterator[Chart]:
    """Yield how many students have which share of the points."""
    shares = list(_shares(report))
    if not shares:
        return
    tally = [0] * BINS
    for share in shares:
        tally[min(int(share * BINS), BINS - 1)] += 1
    edges = [100 * place // BINS for place in range(BINS + 1)]
    names = [f"{low}-{high}%" for low, high in itertools.pairwise(edges)]
    words = ", ".join(f"{name}: {many}" for name, many in zip(names, tally, strict=True) if many)

    def draw(axes: Axes) -> None:
        bars = axes.bar(edges[:-1], tally, width=100 / BINS - 1, align="edge", color=_RIGHT, clip_on=False)
        axes.bar_label(bars, [str(many or "") for many in tally])
        axes.set_xticks(edges[::2], [f"{edge}%" for edge in edges[::2]])
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)

    median = f"median {100 * statistics.median(shares):.0f}%"
    yield Chart(
        "Students by their share of the points",
        _drawn(draw, 2.2, "points"),
        f"{median}. Number of students: {words}",
    )


def _passed(report: Report) -> Iterator[Chart]:
    """Yield how many of the answers to each exercise are right, wrong and not written."""
    found = [one for one in _whole(report) if one.judged]
    chosen = _hardest(found)
    if not chosen:
        return
    missing = [dict(one.troubles).get("not written", 0) for one in chosen]
    rows = list(zip(chosen, missing, strict=True))
    parts = [
        ("passed", _RIGHT, [one.passed / one.judged for one in chosen]),
        ("wrong", _WRONG, [(one.judged - one.passed - none) / one.judged for one, none in rows]),
        ("not written", _NONE, [none / one.judged for one, none in rows]),
    ]

    def draw(axes: Axes) -> None:
        start = [0.0] * len(chosen)
        for name, colour, widths in parts:
            axes.barh(range(len(chosen)), widths, left=start, color=colour, label=name, height=0.7, clip_on=False)
            start = [before + width for before, width in zip(start, widths, strict=True)]
        for place, one in enumerate(chosen):
            axes.text(1.02, place, f"{one.passed}/{one.judged}", va="center")
        axes.set_xlim(0, 1)
        axes.set_xticks([0, 0.5, 1], ["0%", "50%", "100%"])
        _name_rows(axes, [one.id for one in chosen])
        axes.figure.legend(loc="outside upper center", ncols=3, frameon=False, handlelength=1.0, columnspacing=1.2)

    words = "; ".join(
        f"{one.id}: {one.passed} of {one.judged} pass" + (f", {none} not written" if none else "") for one, none in rows
    )
    yield Chart(
        "Who passes which exercise", _drawn(draw, 1.1 + _ROW * len(chosen), "pass"), words, _left_out(found, chosen)
    )


def _times(report: Report) -> Iterator[Chart]:
    """Yield how long the answers to each exercise run: the median, and the longest."""
    found = paces(report)
    timed = [one for one in _whole(report) if one.id in found]
    chosen = _hardest(timed)
    if not chosen:
        return
    spans = [(max(found[one.id].median, 1e-4), max(found[one.id].longest, 1e-4)) for one in chosen]

    def draw(axes: Axes) -> None:
        rows = range(len(chosen))
        medians, longest = zip(*spans, strict=True)
        axes.hlines(rows, medians, longest, color=_NONE, linewidth=4, label="to the longest", clip_on=False)
        low, high = [place - 0.35 for place in rows], [place + 0.35 for place in rows]
        axes.vlines(medians, low, high, color=_RIGHT, linewidth=4, label="median", clip_on=False)
        axes.set_xscale("log")
        first, last = min(medians) * 0.8, max(longest) * 1.25
        axes.set_xlim(first, last)
        ticks = [tick for tick in (1e-4, 1e-3, 0.01, 0.1, 1, 10, 100, 1000) if first <= tick <= last]
        axes.set_xticks(ticks or [medians[0]], [duration(tick) for tick in ticks or [medians[0]]])
        axes.minorticks_off()
        axes.grid(axis="x")
        _name_rows(axes, [one.id for one in chosen])
        axes.figure.legend(loc="outside upper center", ncols=2, frameon=False, handlelength=1.0)

    words = "; ".join(
        f"{one.id}: median {duration(found[one.id].median)}, longest {duration(found[one.id].longest)}"
        for one in chosen
    )
    yield Chart(
        "Time that answers take", _drawn(draw, 1.1 + _ROW * len(chosen), "time"), words, _left_out(timed, chosen)
    )


def _whole(report: Report) -> list[ExerciseStatistics]:
    """Return the statistics of exercises without those of their parts."""
    ids = {one.id for submission in report.submissions for one in submission.exercises}
    return [one for one in exercise_statistics(report) if one.id in ids]


def _shares(report: Report) -> Iterator[float]:
    """Yield each student's share of the points, unless something must be graded again."""
    by_student: dict[str, list[SubmissionReport]] = {}
    for one in report.submissions:
        by_student.setdefault(one.student, []).append(one)
    for works in by_student.values():
        most = add(one.max_points for one in works)
        if most and all(one.points is not None for one in works):
            yield min(max(add(one.judged_points for one in works) / most, 0.0), 1.0)


def _hardest(found: Sequence[ExerciseStatistics]) -> list[ExerciseStatistics]:
    """Return as many exercises as a chart holds, in the order of the course."""
    wanted = {one.id for one in sorted(found, key=lambda one: one.share)[:MOST]}
    return [one for one in found if one.id in wanted]


def _left_out(found: Sequence[ExerciseStatistics], chosen: Sequence[ExerciseStatistics]) -> str:
    if len(found) == len(chosen):
        return ""
    return f"The {len(chosen)} that fewest pass, of {count(len(found), 'exercise')}; the table has all."


def _name_rows(axes: Axes, ids: Sequence[str]) -> None:
    several = len({name.partition(".")[0] for name in ids}) > 1
    names = [name if several else name.partition(".")[2] or name for name in ids]
    axes.set_yticks(range(len(names)), [_clipped(name) for name in names])
    axes.set_ylim(len(names) - 0.5, -0.5)


def _clipped(name: str) -> str:
    text = clean(name, 200, newlines=False)
    return text if len(text) <= _LONGEST_NAME else f"{text[: _LONGEST_NAME - 1]}…"


def _drawn(draw: Callable[[Axes], None], height: float, salt: str) -> markupsafe.Markup:
    """Return what `draw` puts into a drawing so many inches high."""
    # It tells of the fonts it looks for and of letters that it cannot measure; the reader's browser has its own.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    import matplotlib
    from matplotlib.figure import Figure

    written = io.StringIO()
    with matplotlib.rc_context({**_SETTINGS, "svg.hashsalt": salt}):
        figure = Figure(figsize=(_WIDTH, height), layout="constrained")
        draw(figure.add_subplot())
        figure.savefig(written, format="svg", metadata=_FOR_NOBODY)
    return _embedded(written.getvalue())


def _embedded(document: str) -> markupsafe.Markup:
    """Return a drawing as a part of a page: its size, colours and font are the page's."""
    for place, name in (("", _SVG), ("xlink", "http://www.w3.org/1999/xlink")):
        ElementTree.register_namespace(place, name)
    root = ElementTree.fromstring(document)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == f"{{{_SVG}}}style":  # a rule for the whole page that it stands in
                parent.remove(child)
    parts = list(root.iter())
    used = set(_USED.findall(" ".join(value for part in parts for value in part.attrib.values())))
    for part in parts:
        if part.get("id") not in used:  # the same names stand in every drawing
            part.attrib.pop("id", None)
        if "style" in part.attrib:
            part.set("style", "; ".join(_styles(part.attrib["style"])))
        part.text, part.tail = (part.text or "").strip() or None, None
    root.attrib.pop("width")
    root.attrib.pop("height")
    root.set("aria-hidden", "true")
    return markupsafe.Markup(ElementTree.tostring(root, encoding="unicode"))


def _styles(style: str) -> Iterator[str]:
    for rule in style.split("; "):
        name, _, value = rule.partition(": ")
        if name != "font-family":
            yield f"{name}: {_COLOURS.get(value, value)}"
