"""Particles fit what they follow when it is read aloud."""

from __future__ import annotations

import pytest

from grader.records.text.particles import _PAIRS, final_consonant, with_particle

READ = {
    "텐서": "를",
    "값": "을",
    "0": "을",
    "1": "을",
    "2": "를",
    "3": "을",
    "4": "를",
    "5": "를",
    "6": "을",
    "7": "을",
    "8": "을",
    "9": "를",
    "10": "을",
    "1,000": "을",
    "20000": "을",
    "0.5": "를",
    "1.0": "을",
    "(2, 3)": "을",
    "(2,)": "를",
    "[0, 4]": "를",
    "x": "를",
    "n": "을",
    "m": "을",
    "l": "을",
    "r": "을",
    "R": "을",
    "CPU": "를",
    "RNG": "를",
    "trace": "를",
    "total": "을",
    "module": "을",
    "dim": "을",
    "time": "을",
    "None": "을",
    "True": "를",
    "dot": "을",
    "map": "을",
    "stack": "을",
    "list": "를",
    "padding": "을",
    "row_sums": "를",
    "torch.einsum": "을",
    "torch.float32": "를",
    "x.clone()": "을",
    "'total'": "을",
    "": "를",
}


@pytest.mark.parametrize(("word", "particle"), READ.items())
def test_the_particle_of_a_word(word: str, particle: str) -> None:
    assert with_particle(word, "을(를) 보세요") == f"{particle} 보세요"


@pytest.mark.parametrize(
    ("word", "particle"), [("이름", "으로"), ("파일", "로"), ("텐서", "로"), ("7", "로"), ("3", "으로")]
)
def test_rieul_takes_ro(word: str, particle: str) -> None:
    assert with_particle(word, "(으)로") == particle


@pytest.mark.parametrize("pair", _PAIRS)
def test_every_pair_has_a_form_for_each_end_of_a_word(pair: str) -> None:
    closed, open_ = _PAIRS[pair]
    assert closed != open_
    assert (with_particle("값", f"{pair}."), with_particle("차", f"{pair}.")) == (f"{closed}.", f"{open_}.")


def test_closing_marks_may_stand_between_and_other_text_is_left_alone() -> None:
    assert with_particle("trace", "'을(를) 보세요") == "'를 보세요"
    assert with_particle("trace", ", 값을(를)") == ", 값을(를)"


def test_every_syllable_without_a_final_consonant_is_open() -> None:
    syllables = [chr(code) for code in range(0xAC00, 0xD7A4)]
    assert sum(final_consonant(syllable) == "" for syllable in syllables) == len(syllables) // 28
    assert sum(final_consonant(syllable) == "ㄹ" for syllable in syllables) == len(syllables) // 28
