"""The report as one self-contained HTML page: no script, nothing loaded from elsewhere, everything escaped."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import jinja2

from grader.records.findings import Finding
from grader.records.text.clean import clean
from grader.records.text.language import language
from grader.records.text.saying import say
from grader.results.render.differences import Marked, differing
from grader.results.render.grouping import by_input, foremost, sort_exercises
from grader.results.render.picture import Plate, plates
from grader.results.render.words import (
    OUTCOMES,
    attempts_sentence,
    count,
    duration,
    found_on,
    lockdown,
    number,
    points_of,
    points_text,
    short_name,
    total_of,
)
from grader.results.report import ExerciseReport, Report

LONG = 25_000


def render(report: Report, *, title: str = "") -> str:
    """Return a page with every submission of the report; `grader.results.report.select` takes one out beforehand."""
    page = environment().get_template("page.html.j2")
    return page.render(report=report, title=title or _title(report))


def exercise_part(exercise: ExerciseReport) -> str:
    """Return what was found of one exercise as a part of a page, readable on light and dark grounds."""
    return environment().get_template("exercise.html.j2").render(exercise=exercise)


@functools.cache
def environment() -> jinja2.Environment:
    """Return what makes pages of templates: whatever they print is cleaned and escaped."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    # Whatever is printed goes through `clean` first and is then escaped: a template cannot forget either.
    environment.finalize = _harmless
    environment.globals.update(
        attempts_sentence=attempts_sentence,
        by_input=by_input,
        foremost=foremost,
        compared=compared,
        pictured=pictured,
        count=count,
        duration=duration,
        lockdown=lockdown,
        number=number,
        outcomes=OUTCOMES,
        found_on=found_on,
        language=language,
        points_of=points_of,
        points_text=points_text,
        say=say,
        short_name=short_name,
        sort_exercises=sort_exercises,
        total_of=total_of,
    )
    return environment


def _title(report: Report) -> str:
    if len(report.submissions) != 1:
        return report.course
    one = report.submissions[0]
    points = say("{points} points", points=total_of(one))
    return f"{one.assignment}, {one.student}: {points}"


def _harmless(thing: Any) -> Any:
    # Markup is what jinja2 itself made of texts that have already been here.
    return clean(thing, LONG) if type(thing) is str else thing


def compared(finding: Finding) -> list[tuple[str, Marked]]:
    """Return what was expected and what came, with the pieces that differ marked."""
    wanted, got = clean(finding.expected, LONG), clean(finding.actual, LONG)
    if wanted and got:
        left, right = differing(wanted, got)
    else:
        left, right = [(wanted, False)], [(got, False)]
    return [(name, pieces) for name, pieces, text in (("expected", left, wanted), ("got", right, got)) if text]


def pictured(finding: Finding) -> list[Plate]:
    """Return what is drawn of what was expected and what came; nothing where the text says it better."""
    return plates(clean(finding.expected, LONG), clean(finding.actual, LONG))
