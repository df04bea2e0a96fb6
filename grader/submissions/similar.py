"""Pairs of submissions that share more than chance, the task and the class explain: something to look at, no proof."""

from __future__ import annotations

import collections
import dataclasses
import io
import itertools
from collections.abc import Iterable, Sequence
from typing import Any

from grader.submissions.finding import Submission

NOISE, SURE = 20, 25
"""Tokens in a row that may agree by chance, and that are surely noticed."""
COMMON = 0.25
"""What a larger share of the class wrote (of at least `FEW` submissions) is taken for common knowledge."""
FEW = 8


@dataclasses.dataclass(frozen=True)
class Pair:
    """Two submissions to one assignment that are alike."""

    first: str
    second: str
    share: float
    """Of what is left of the smaller one without the task's own code and what many wrote, from 0 to 1."""
    tokens: int
    """How many tokens agree."""
    excerpt: str
    """The longest passage that agrees, as it stands in the first."""


def similar_pairs(submissions: Sequence[Submission], given: Iterable[str], least: float = 0.5) -> list[Pair]:
    """Return the pairs that share at least `least` of what is theirs, the most alike first.

    Names, comments and layout do not count. `given` is code that everybody may have: the stub, the reference.
    """
    code = {one.student: "\n".join(one.cells) for one in submissions if any(one.cells)}
    task: set[int] = set()
    for text in given:
        task |= _fingerprint("given", text).hashes
    plain = {student: _fingerprint(student, text, task) for student, text in code.items()}
    spread = collections.Counter(each for one in plain.values() for each in one.hashes)
    many = max(COMMON * len(plain), 2)
    common = {each for each, count in spread.items() if count > many} if len(plain) >= FEW else set()
    prints = {student: _fingerprint(student, text, task | common) for student, text in code.items()}
    found = [pair for first, second in _candidates(prints) if (pair := _pair(first, second)).share >= least]
    return sorted(found, key=lambda pair: (-pair.share, -pair.tokens, pair.first, pair.second))


def _fingerprint(name: str, text: str, without: Iterable[int] = ()) -> Any:
    from copydetect import CodeFingerprint

    return CodeFingerprint(name, NOISE, SURE - NOISE + 1, list(without), language="python", fp=io.StringIO(text))


def _candidates(prints: dict[str, Any]) -> Iterable[tuple[Any, Any]]:
    """Yield the pairs that have anything in common: of a class of thousands, few of all."""
    holders: dict[int, list[str]] = collections.defaultdict(list)
    for student, one in prints.items():
        for each in one.hashes:
            holders[each].append(student)
    pairs = {pair for several in holders.values() for pair in itertools.combinations(sorted(several), 2)}
    return ((prints[first], prints[second]) for first, second in sorted(pairs))


def _pair(first: Any, second: Any) -> Pair:
    from copydetect import compare_files

    tokens, shares, slices = compare_files(first, second)
    passages = [first.raw_code[start:end] for start, end in zip(*slices[0], strict=True)] if tokens else []
    excerpt = max(passages, key=len, default="")
    return Pair(first.filename, second.filename, round(float(max(shares)), 3), int(tokens), excerpt.strip())
