"""What a person sees in a terminal: everything that helps, nothing that harms, at any width, with or without colour."""

from __future__ import annotations

import re
import sys
from typing import Any

import pytest
from rich.cells import cell_len

from grader.records.errors import UsageError
from grader.records.findings import Finding
from grader.records.text.language import speaking
from grader.records.verdict import decide
from grader.results.render import render
from grader.results.report import Report, for_audience
from tests import samples, snapshot

SGR = re.compile(r"\x1b\[[0-9;]*m")


def shown(report: Report, width: int = 80, **options: Any) -> str:
    return render(report, "terminal", **{"width": width, "colour": False, "unicode": True, **options})


ONE = samples.report(samples.submission(samples.ada(), notes=["Cell 4 raised NameError: name 'y' is not defined."]))
EVIL = samples.report(samples.submission(samples.kim(), "김민준"))
BROKEN = samples.report(samples.submission(samples.eve(), "eve"))
PERFECT = samples.report(samples.submission(samples.perfect()))


@pytest.mark.parametrize(
    ("name", "report"),
    [
        ("one.instructor.txt", ONE),
        ("one.student.txt", for_audience(ONE, "student")),
        ("hostile.txt", EVIL),
        ("unreadable.txt", BROKEN),
        ("perfect.txt", PERFECT),
        ("class.txt", samples.a_class()),
    ],
)
def test_snapshots(name: str, report: Report) -> None:
    snapshot.check(name, shown(report))


@pytest.mark.parametrize(
    ("name", "report"), [("one.ko.txt", ONE), ("unreadable.ko.txt", BROKEN), ("perfect.ko.txt", PERFECT)]
)
def test_snapshots_in_korean(name: str, report: Report) -> None:
    with speaking("ko"):
        snapshot.check(name, shown(for_audience(report, "student")))


def test_a_narrow_class_has_one_line_a_submission() -> None:
    snapshot.check("class.narrow.txt", shown(samples.a_class(), width=60))


def test_a_plain_terminal_gets_ascii_alone() -> None:
    text = shown(EVIL, unicode=False)
    assert text.isascii()
    snapshot.check("hostile.ascii.txt", text)


def test_colours_change_nothing_but_colours_and_draw_tensors() -> None:
    coloured = shown(ONE, colour=True)
    assert SGR.search(coloured)
    plain = "\n".join(line.rstrip() for line in SGR.sub("", coloured).split("\n"))
    text = "expected  tensor([6., 15.])\ngot       tensor([5., 10.])"
    drawn = "expected        got\n| >6.<>15.<|    | >5.<>10.<|"
    assert text in shown(ONE)
    assert plain == shown(ONE).replace(text, drawn)


@pytest.mark.parametrize("colour", [True, False])
def test_hostile_text_reaches_the_terminal_only_escaped(colour: bool) -> None:
    text = SGR.sub("", shown(EVIL, colour=colour))
    assert "\x1b" not in text
    assert r"\x1b[2J" in text
    assert "\u202e" not in text
    assert "[bold]x[/bold]" in text
    assert not any(line.lstrip().startswith("::") for line in text.split("\n"))


def test_a_command_that_wrapping_brings_to_a_lines_beginning_is_disarmed() -> None:
    finding = Finding(kind="raised", must=True, message="x" * 39 + " ::error::owned")
    report = samples.report(samples.submission([decide("einsum.trace", "raised", 1, findings=[finding])]))
    text = shown(report, width=40)
    assert "\n\\x3a:error::owned" in text


def test_names_with_markup_are_shown_as_they_are() -> None:
    assert "[bold]zoe[/bold]" in shown(samples.a_class())


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_nothing_but_code_is_wider_than_the_terminal(width: int) -> None:
    for report in (samples.a_class(), EVIL, BROKEN):
        assert max(cell_len(line) for line in shown(report, width).split("\n")) <= width


def test_wide_letters_keep_the_columns_aligned() -> None:
    lines = shown(samples.a_class(), width=100).split("\n")
    totals = [line for line in lines if line.startswith(("ada ", "김민준 ", "eve "))]
    assert len({cell_len(line[: line.index("/", line.index("/") + 1)]) for line in totals}) <= 2
    columns = {cell_len(re.split(r" {2,}(?=exception|wrong|unreadable)", line)[0]) for line in totals}
    assert len(columns) == 1


def test_code_is_flush_left_and_unbroken_so_that_it_can_be_pasted() -> None:
    code = "x = torch.tensor([" + ", ".join(["1.25"] * 30) + "])"
    finding = Finding(kind="value", must=True, message="differs", counterexample=code)
    report = samples.report(samples.submission([decide("einsum.trace", "failed", 1, findings=[finding])]))
    assert f"\n{code}\n" in shown(report)


def test_the_tokens_that_differ_are_coloured() -> None:
    drawn, narrow = shown(ONE, colour=True), shown(ONE, colour=True, width=24)
    assert "\x1b[1;32m>15.<\x1b[0m" in drawn
    assert "\x1b[1;31m>10.<\x1b[0m" in drawn
    assert "\x1b[1;32m15.\x1b[0m" in narrow


def test_brief_leaves_the_explanations_out() -> None:
    text = shown(ONE, brief=True)
    assert "wrong answer" in text
    assert "smallest input" not in text


def test_long_prints_are_cut() -> None:
    finding = Finding(kind="value", must=True, message="differs", printed="\n".join(map(str, range(100))))
    report = samples.report(samples.submission([decide("einsum.trace", "failed", 1, findings=[finding])]))
    assert "│ 7\n│ ... (92 more lines)\n" in shown(report)


def test_nothing_graded_is_not_everything_passed() -> None:
    text = shown(samples.report(samples.submission([])))
    assert "All of it passes" not in text
    assert "0 submissions" in shown(samples.report())


def test_a_run_that_was_stopped_says_so() -> None:
    import msgspec

    text = shown(msgspec.structs.replace(PERFECT, complete=False))
    assert "Stopped before the end" in text


def test_missing_layers_of_the_sandbox_are_named() -> None:
    import msgspec

    from grader.results.report import Sandbox

    report = msgspec.structs.replace(PERFECT, sandbox=Sandbox("weak", {"rlimits": "ok", "seccomp": "refused"}))
    assert "sandbox weak (without seccomp)" in shown(report)


@pytest.mark.parametrize(
    ("environment", "terminal", "coloured"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"TERM": "dumb"}, True, False),
    ],
)
def test_colours_are_chosen_as_the_environment_asks(
    environment: dict[str, str], terminal: bool, coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    assert bool(SGR.search(render(ONE, "terminal", width=80, unicode=True))) is coloured


def test_an_unknown_kind_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="unknown kind of report 'pdf'; known are terminal, json, markdown, html"):
        render(ONE, "pdf")


def test_json_is_the_reports_own() -> None:
    from grader.results.report import from_json

    assert from_json(render(ONE, "json")) == ONE


def test_parts_stand_below_their_exercise() -> None:
    verdict = decide("a.pick", "failed", 3.0, examples=9, parts=[("pick", 2.0, True), ("of_matrices", 1.0, False)])
    report = samples.report(samples.submission([verdict]))
    lines = [line.split() for line in shown(report).splitlines() if "/" in line]
    assert ["pick", "2/2"] in lines
    assert ["of_matrices", "0/1"] in lines
    for form in ("terminal", "markdown", "html"):
        text = render(report, form)
        assert "2/3" in text
        assert re.search(r"2/2, of.?_matrices 0/1", text), form
