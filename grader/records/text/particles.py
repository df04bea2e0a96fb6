"""The Korean particles that a name or a number asks for: which of 을/를, 이/가, 은/는 follows it when read aloud."""

from __future__ import annotations

import re

_PAIRS = {
    "을(를)": ("을", "를"),
    "이(가)": ("이", "가"),
    "은(는)": ("은", "는"),
    "과(와)": ("과", "와"),
    "(으)로": ("으로", "로"),
    "(이)라": ("이라", "라"),
    "(이)나": ("이나", "나"),
    "(이)에": ("이에", "예"),
    "(이)어": ("이어", "여"),
}
"""How a translator writes a pair, with the form after a final consonant and the one after a vowel."""

_PAIR = re.compile(r"(?P<between>[)\]}'\"`»」]*)(?P<pair>" + "|".join(map(re.escape, _PAIRS)) + ")")

_CLOSED = {"0": "ㅇ", "1": "ㄹ", "3": "ㅁ", "6": "ㄱ", "7": "ㄹ", "8": "ㄹ"}
"""The final consonants of the digits' names, as they are read in Korean."""
_LETTERS = {"l": "ㄹ", "m": "ㅁ", "n": "ㄴ", "r": "ㄹ"}
"""Those of the letters' names, read one by one."""

_FIRST, _LAST, _FINALS = 0xAC00, 0xD7A3, 28
_RIEUL = 8


def with_particle(word: str, following: str) -> str:
    """Return the text that follows a word, with a pair of particles at its beginning decided by the word.

    >>> with_particle("trace", "을(를) 고치세요"), with_particle("3", "이(가) 아니에요")
    ('를 고치세요', '이 아니에요')
    """
    found = _PAIR.match(following)
    if found is None:
        return following
    closed, open_ = _PAIRS[found["pair"]]
    final = final_consonant(word)
    ends_open = not final or (final == "ㄹ" and found["pair"] == "(으)로")
    return found["between"] + (open_ if ends_open else closed) + following[found.end() :]


def final_consonant(word: str) -> str:
    """Return the consonant that a word ends with when it is read aloud: "" for a vowel, "ㄹ", or any other.

    What is not read (brackets, quotes, stops) is passed over. Numbers are read as Korean ones, single letters and
    abbreviations letter by letter, other names as English words.

    >>> [final_consonant(word) for word in ("텐서", "값", "(2, 3)", "x", "n", "module", "float32", "CPU")]
    ['', 'ㅂ', 'ㅁ', '', 'ㄴ', 'ㄹ', '', '']
    """
    read = re.sub(r"[^0-9A-Za-z가-힣]+$", "", word)
    if not read:
        return ""
    last = read[-1]
    if _FIRST <= ord(last) <= _LAST:
        return _of_syllable(last)
    if last.isdigit():
        return _of_number(read)
    return _of_latin(re.split(r"[^A-Za-z]", read)[-1])


def _of_syllable(syllable: str) -> str:
    number = (ord(syllable) - _FIRST) % _FINALS
    if not number:
        return ""
    return "ㄹ" if number == _RIEUL else "ㅂ"


def _of_number(text: str) -> str:
    """Whole numbers that end in zeros end in 십, 백, 천 or 만; the digits after a point are read one by one."""
    number = re.search(r"\d[\d,]*(?:\.\d+)?$", text)
    digits = number[0] if number else text[-1]
    zeros = len(digits) - len(digits.rstrip("0"))
    if digits[-1] == "0" and "." not in digits and len(digits) > zeros:
        return "ㅂ"
    return _CLOSED.get(digits[-1], "")


def _of_latin(word: str) -> str:
    lower = word.lower()
    if len(word) == 1 or (word.isupper() and len(word) <= 4):
        return _LETTERS.get(lower[-1], "")
    if lower.endswith("ng"):
        return "ㅇ"
    if lower.endswith(("l", "le")):
        return "ㄹ"
    if lower.endswith(("m", "me", "n", "ne")):
        return "ㄴ"
    if lower.endswith("ck") or re.search(r"(?:^|[^aeiou])[aeiou][bkpt]$", lower):
        return "ㅂ"
    return ""
