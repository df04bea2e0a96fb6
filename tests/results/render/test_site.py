"""The class as pages: everybody behind every mistake, no active content but ours, hostile text stays text."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote

import msgspec
import pytest

from grader.commands.cli import run
from grader.records.findings import Finding
from grader.records.verdict import decide
from grader.results.causes import causes, flaky, looks, paces
from grader.results.listing import listing
from grader.results.render.site import file_names, site
from grader.results.report import Report, submission_report, to_json
from tests import samples
from tests.results.render.test_html import structure

NASTY = "<img src=x onerror=alert(1)>'\"&#x27;](javascript:alert(1))"
CODE = ("import torch\n\n\ndef row_sums(x):\n    return x.sum(0)  # </ol><script>alert(1)</script>\n",)


def wrong(exercise: str, message: str, kind: str = "value", mistake: str | None = None) -> object:
    finding = Finding(kind=kind, must=True, message=message, mistake=mistake)  # type: ignore[arg-type] # a kind
    return decide(exercise, "failed", 1.0, examples=9, seconds=0.25, findings=[finding])


def right(exercise: str) -> object:
    return decide(exercise, "passed", 1.0, examples=9, seconds=0.5)


def class_of(**verdicts: object) -> Report:
    reports = [submission_report(name, "einsum", "einsum.py", [one]) for name, one in verdicts.items()]  # type: ignore[list-item] # verdicts
    return samples.report(*reports)


@pytest.fixture(scope="module")
def report() -> Report:
    evil = samples.submission(samples.kim(), NASTY)
    report = samples.a_class()
    return msgspec.structs.replace(report, submissions=(*report.submissions, evil))


@pytest.fixture(scope="module")
def pages(report: Report) -> dict[str, str]:
    return site(report, {(one.student, one.assignment): CODE for one in report.submissions})


def test_the_same_mistake_is_one_cause_whatever_the_numbers(report: Report) -> None:
    found = causes(
        class_of(
            ada=wrong("einsum.dot", "2 of 4 elements differ; greatest difference 3.5 at [0, 1]"),
            bob=wrong("einsum.dot", "3 of 9 elements differ; greatest difference 1e-3 at [2, 1]"),
            cho=wrong("einsum.dot", "expected shape (3,), got (1,)", "shape"),
            dan=wrong("einsum.dot", "4 of 4 elements differ", mistake="You add up the wrong index."),
            eve=wrong("einsum.dot", "expected shape (3,), got (2,)", "shape", "You add up the wrong index."),
            fay=right("einsum.dot"),
        )
    )
    assert [(one.title, one.students, one.foreseen) for one in found] == [
        ("wrong value", ("ada", "bob"), False),
        ("wrong value", ("dan", "eve"), True),
        ("wrong shape", ("cho",), False),
    ]


def test_what_needs_a_look_and_how_long_answers_take() -> None:
    outcomes = {"gus": "timeout", "hal": "not_judged", "ian": "protocol"}
    verdicts = {name: decide("einsum.dot", outcome, 1.0) for name, outcome in outcomes.items()}  # type: ignore[arg-type] # outcomes
    lucky = wrong("einsum.dot", "now this, now that", "nondeterministic")
    found = class_of(**verdicts, jim=lucky, kay=right("einsum.dot"))
    assert [one.student for one in looks(found)] == ["hal", "ian", "gus"]
    assert flaky(found) == {"einsum.dot"}
    assert (paces(found)["einsum.dot"].median, paces(found)["einsum.dot"].longest) == (0.375, 0.5)


def test_findings_stand_at_their_lines() -> None:
    cells = ("import torch\n\n\ndef dot(a, b):\n    return a\n", "class Net:\n    pass\n")
    found = [
        wrong("einsum.dot", "line 5 raised ValueError", "raised"),
        wrong("einsum.Net", "expected a tensor"),
        wrong("einsum.gone", "cell 2, line 2 raised TypeError"),
        wrong("einsum.other", "line 99 raised"),
        right("einsum.dot"),
    ]
    (one,) = samples.report(submission_report("ada", "einsum", "einsum.ipynb", found)).submissions  # type: ignore[arg-type] # verdicts
    marked = [
        (cell, line.number, remark.exercise, remark.outcome)
        for cell, lines in enumerate(listing(cells, one.exercises))
        for line in lines
        for remark in line.remarks
    ]
    assert marked == [
        (0, 1, "einsum.other", "failed"),
        (0, 4, "einsum.dot", "failed"),  # in a notebook a line alone does not tell of which cell
        (0, 4, "einsum.dot", "passed"),
        (1, 1, "einsum.Net", "failed"),
        (1, 2, "einsum.gone", "failed"),
    ]
    (lines,) = listing(cells[:1], one.exercises[:1])
    assert [line.number for line in lines if line.remarks] == [5]


def test_every_link_leads_to_a_page_and_nothing_leads_out(pages: dict[str, str]) -> None:
    links = set(re.findall(r'href="([^"#]+)"', pages["index.html"]))
    assert {unquote(html.unescape(link)) for link in links} == pages.keys() - {"index.html"}
    for text in pages.values():
        assert not re.search(r"""(?:src|href|url)\s*[=(]\s*["']?(?:https?:|//|data:|javascript:)""", text)


def test_pages_are_well_formed_and_hostile_text_stays_text(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        drawn = re.sub(r"<svg .*?</svg>", "", text, flags=re.DOTALL)  # test_charts.py looks into these
        found = structure(drawn.replace('<input type="search" id="find" autocomplete="off">', ""))
        assert not found.tags & {"img", "iframe", "link", "object", "form", "base"}, path
        assert not any(name.startswith("on") or name in ("src", "style") for name in found.attributes), path
        assert text.count("<script") == (path == "index.html")
        assert "\x1b" not in text
        assert "\u202e" not in text
    assert html.escape(NASTY).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in pages["index.html"]


def test_a_students_page_holds_nothing_hidden_and_nobody_else(pages: dict[str, str], report: Report) -> None:
    for student, name in file_names([one.student for one in report.submissions]).items():
        text = pages[f"students/{name}.html"]
        assert "secret" not in text
        assert (report.seed or "?") not in text
        others = {one.student for one in report.submissions} - {student}
        assert not any(f">{other}<" in text for other in others)


def test_what_is_written(report: Report, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results = tmp_path / "results.json"
    results.write_bytes(to_json(report))
    words = ["--html", f"{tmp_path}/pages", "--csv", f"{tmp_path}/scores.csv", "--feedback", f"{tmp_path}/feedback"]
    assert run(["report", str(results), *words]) == 0
    students = len({one.student for one in report.submissions})
    assert len(list((tmp_path / "pages/students").iterdir())) == students
    feedback = list((tmp_path / "feedback").iterdir())
    assert len(feedback) == students
    assert {path.suffix for path in feedback} == {".md"}
    assert all("secret" not in path.read_text() for path in feedback)
    assert len((tmp_path / "scores.csv").read_text().splitlines()) == len(report.submissions) + 1
    assert run(["report", str(results)]) == 0
    assert report.course in capsys.readouterr().out
    assert run(["report", str(results), "--feedback", str(tmp_path), "--format", "markdwn"]) == 2
    assert "Did you mean 'markdown'?" in capsys.readouterr().err
    assert run(["report", str(results), "--html", str(results)]) == 2
    assert "cannot" in capsys.readouterr().err


@pytest.mark.skipif(shutil.which("chromium") is None, reason="there is no Chromium here")
def test_a_browser_runs_our_script_and_no_other(pages: dict[str, str], tmp_path: Path) -> None:
    """A script that got into a page in spite of all would not be run."""
    planted = "<script>document.title = 'planted'</script>"
    page = pages["index.html"].replace("</h1>", f"</h1>{planted}", 1)
    assert planted in page
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    done = subprocess.run(
        [*command, "--dump-dom", (tmp_path / "index.html").as_uri()], capture_output=True, text=True, timeout=60
    )
    assert 'tabindex="0"' in done.stdout  # ours ran
    assert "<title>planted" not in done.stdout
