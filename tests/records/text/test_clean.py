"""Hostile text shows what it holds and does nothing."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.records.text.clean import clean, literal

HOSTILE = {
    "escape sequence": ("\x1b[2J\x1b[31mred", r"\x1b[2J\x1b[31mred"),
    "C1 control": ("\x9b31m", r"\x9b31m"),
    "carriage return": ("points: 0\rpoints: 9", r"points: 0\rpoints: 9"),
    "backspace and bell": ("a\x08\x07", r"a\x08\x07"),
    "right-to-left override": ("\u202egnp.exe", r"\u202egnp.exe"),
    "isolate": ("\u2066x\u2069", r"\u2066x\u2069"),
    "zero width": ("a\u200b\u200d\ufeffb", r"a\u200b\u200d\ufeffb"),
    "lone surrogate": ("\ud800", r"\ud800"),
    "line separator": ("a\u2028b", r"a\u2028b"),
    "no-break space": ("a\xa0b", r"a\xa0b"),
    "Hangul filler": ("\u3164", r"\u3164"),
    "tag characters": ("\U000e0041", r"\U000e0041"),
    "private use": ("\ue000", r"\ue000"),
    "null": ("a\x00b", r"a\x00b"),
    "painted over other lines": ("e" + "\u0301" * 5, "e" + "\u0301" * 3 + r"\u0301" * 2),
    "GitHub command": ("ok\n  ::error::hacked", "ok\n  :\\x3a:error::hacked".replace(r":\x3a:", r"\x3a:")),
    "old GitHub command": ("x ##[error]hacked", r"x \x23#[error]hacked"),
    "Azure command": ("##vso[task.complete]", r"\x23#vso[task.complete]"),
}


@pytest.mark.parametrize(("text", "shown"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_shown_and_disarmed(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.mark.parametrize("text", ["plain", "한국어 텍스트", "naïve café", "日本語", "a\nb", "x → y ≠ z", "😀", ""])
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert clean(text) == text


def test_line_ends_and_tabs() -> None:
    assert clean("a\r\nb\tc") == "a\nb   c"
    assert clean("a\nb", newlines=False) == r"a\nb"


def test_long_text_is_cut_and_says_by_how_much() -> None:
    assert clean("x" * 1_000_000, limit=5) == "xxxxx... (999995 more characters)"


def is_harmless(text: str) -> bool:
    """Tell whether every character shows itself, and the text survives UTF-8 and JSON."""
    controls = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    return (
        json.loads(json.dumps(text)) == text
        and text.encode("utf-8").decode() == text
        and not any(unicodedata.category(character) in controls and character != "\n" for character in text)
        and not any(line.lstrip().startswith("::") or "##[" in line for line in text.split("\n"))
    )


@given(st.text(st.characters() | st.sampled_from("\x1b\u202e:#[\n \ud800"), max_size=40))
def test_whatever_comes_in_only_harmless_text_goes_out(text: str) -> None:
    assert is_harmless(clean(text))
    assert "\n" not in clean(text, newlines=False)


@pytest.mark.parametrize("text", ["\x1b[0m", "\u202e", "\ud800", "a\n::error::", "##[group]"])
def test_planted_bug_text_passed_through_is_not_harmless(text: str) -> None:
    try:
        assert not is_harmless(text)
    except UnicodeEncodeError:
        assert text == "\ud800"


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\u202e'\"\\#["), max_size=30))
def test_a_literal_reads_back(text: str) -> None:
    assert eval(literal(text)) == text
    assert eval(literal(text.encode())) == text.encode()
    assert is_harmless(literal(text))


def test_a_cut_literal_cannot_be_taken_for_the_whole() -> None:
    with pytest.raises(TypeError):
        eval(literal("x" * 2000))
