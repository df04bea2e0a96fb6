"""Markdown in which a submission's text stays text."""

from __future__ import annotations

import pytest

from grader.records.findings import Finding
from grader.records.verdict import decide
from grader.results.render import render
from grader.results.render.markdown import escape, fenced
from grader.results.report import for_audience
from tests import samples, snapshot

ONE = samples.report(samples.submission(samples.ada(), notes=["Cell 4 raised NameError: name 'y' is not defined."]))
EVIL = samples.report(samples.submission(samples.kim(), "김민준"))


def test_snapshots() -> None:
    snapshot.check("one.md", render(for_audience(ONE, "student"), "markdown"))
    snapshot.check("hostile.md", render(EVIL, "markdown"))
    snapshot.check("class.md", render(samples.a_class(), "markdown"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a | b", r"a \| b"),
        ("<img src=x>", r"\<img src\=x\>"),
        ("# top\n- item\n1. one\n> quote", r"\# top<br>\- item<br>1\. one<br>\> quote"),
        ("[x](javascript:y)", r"\[x\](javascript:y)"),
        ("@team https://x www.x", "@<!-- -->team https:<!-- -->//x www<!-- -->.x"),
        ("`code` $x$", r"\`code\` \$x\$"),
    ],
)
def test_markup_is_escaped(text: str, shown: str) -> None:
    assert escape(text) == shown


def test_a_fence_is_longer_than_any_within() -> None:
    assert fenced("a\n````\nb") == "`````text\na\n````\nb\n`````"


def test_no_line_of_a_hostile_report_begins_a_block_or_a_command() -> None:
    outside = []
    fence = ""
    for line in render(EVIL, "markdown").split("\n"):
        if line.startswith("```") and not fence:
            fence = line.rstrip("abcdefghijklmnopqrstuvwxyz")
        elif line == fence:
            fence = ""
        elif not fence:
            outside.append(line)
    assert not fence
    assert not any("<script" in line.replace("\\<script", "") for line in outside)
    assert [line for line in outside if line.startswith("# ")] == []
    assert not any(line.lstrip().startswith("::") for line in outside)


def test_a_report_that_is_too_long_is_cut_at_whole_parts_and_says_so() -> None:
    findings = [Finding(kind="value", must=True, message="m" * 5000)]
    verdicts = [decide(f"einsum.e{number}", "failed", 1, findings=findings) for number in range(50)]
    text = render(samples.report(samples.submission(verdicts)), "markdown", max_bytes=50_000)
    assert len(text.encode()) <= 50_000
    assert "parts of this report did not fit" in text
    assert "einsum: 0/50 points" in text.replace(" · ada · einsum.py", "")
