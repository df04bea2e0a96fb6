"""A class as web pages that need nothing else: one for all, with a link to one for each student."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

import jinja2
import markupsafe

from grader.records.verdict import add
from grader.results.causes import FEW, HARD, causes, flaky, looks, paces
from grader.results.listing import listing
from grader.results.render.charts import charts
from grader.results.render.html import environment
from grader.results.render.statistics import exercise_statistics, mean_points
from grader.results.render.words import number, total_of
from grader.results.report import Report, SubmissionReport, for_audience, select

Cells = Mapping[tuple[str, str], Sequence[str]]
"""The code of submissions, by student and assignment."""

FOLDER = "students"
_UNSAFE = re.compile(r"[^\w.-]+")


def site(report: Report, cells: Cells) -> dict[str, str]:
    """Return the pages by their path: `index.html` for instructors, `students/<name>.html` as students may see it."""
    students = [submission.student for submission in report.submissions]
    links = {student: f"{FOLDER}/{name}.html" for student, name in file_names(students).items()}
    pages = {"index.html": class_page(report, links)}
    for student, link in links.items():
        pages[link] = student_page(select(report, student), cells)
    return pages


def class_page(report: Report, links: Mapping[str, str]) -> str:
    """Return the page for those who teach; `links` are the students' pages."""
    # Ours alone, and the only script that the page's policy lets run.
    script = (Path(__file__).parent / "templates" / "class.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assignments = list(dict.fromkeys(submission.assignment for submission in report.submissions))
    return _template("class.html.j2").render(
        report=report,
        links={student: _quoted(link) for student, link in links.items()},
        rows=[_row(report, student, _quoted(link), assignments) for student, link in links.items()],
        assignments=assignments,
        means=[(name, mean_points(report, name)) for name in assignments],
        charts=charts(report),
        causes=causes(report),
        statistics=exercise_statistics(report),
        looks=looks(report),
        flaky=flaky(report),
        paces=paces(report),
        notes=[
            *report.notes,
            *(f"{one.student}, {one.assignment}: {n}" for one in report.submissions for n in one.notes),
        ],
        few=FEW,
        hard=HARD,
        script=markupsafe.Markup(script),
        script_hash=markupsafe.Markup(f"sha256-{digest}"),
    )


def student_page(report: Report, cells: Cells) -> str:
    """Return one student's page: what the student may see, and the code with findings at its lines."""
    for_student = for_audience(report, "student")
    works = []
    for one in for_student.submissions:
        source = cells.get((one.student, one.assignment), ())
        works.append((one, listing(source, one.exercises) if any(source) else []))
    student = for_student.submissions[0].student if for_student.submissions else ""
    return _template("student.html.j2").render(report=for_student, student=student, works=works)


def file_names(students: Sequence[str]) -> dict[str, str]:
    """Return a file's name for each student: the student's own where it is safe and nobody else's.

    >>> file_names(["ada", "Ada", "../x"])
    {'ada': 'ada', 'Ada': 'Ada-99a563ab', '../x': '_x-d6b96a97'}
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for student in dict.fromkeys(students):
        name = _UNSAFE.sub("_", student)[:60].lstrip(".") or "_"
        if name != student or name.casefold() in taken:
            name = f"{name}-{hashlib.sha256(student.encode('utf-8', 'backslashreplace')).hexdigest()[:8]}"
        taken.add(name.casefold())
        found[student] = name
    return found


def _row(report: Report, student: str, link: markupsafe.Markup, assignments: Sequence[str]) -> dict[str, object]:
    works = {one.assignment: one for one in report.submissions if one.student == student}
    earned = add(one.judged_points for one in works.values())
    most = add(one.max_points for one in works.values())
    total = {"points": earned, "text": f"{number(earned)}/{number(most)}"}
    return {"student": student, "link": link, "cells": [_cell(works.get(name)) for name in assignments], "total": total}


def _cell(work: SubmissionReport | None) -> dict[str, object]:
    if work is None:
        return {"points": -1, "text": "–", "again": False}
    return {"points": work.judged_points, "text": total_of(work), "again": work.points is None}


def _quoted(link: str) -> markupsafe.Markup:
    return markupsafe.Markup(quote(link))


def _template(name: str) -> jinja2.Template:
    return environment().get_template(name)
