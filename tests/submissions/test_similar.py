"""Who wrote the same: renamed and commented copies are found, the task's own code and common knowledge are not."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("copydetect")

from grader.commands.cli import run
from grader.submissions.finding import Submission
from grader.submissions.similar import similar_pairs
from tests.courses import write
from tests.small_course import RIGHT, write_small_course

GIVEN = "import torch\n\n\n" + "\n\n".join(RIGHT.values())
OWN = """
def smooth(values, width):
    total, out = 0.0, []
    for index, value in enumerate(values):
        total += value
        if index >= width:
            total -= values[index - width]
        out.append(total / min(index + 1, width))
    return out
"""
COPIED = """
def glatt(xs, w):  # mine, all mine
    s, ys = 0.0, []
    for i, x in enumerate(xs):
        s += x
        if i >= w:
            s -= xs[i - w]

        ys.append(s / min(i + 1, w))
    return ys
"""
OTHER = """
class Window:
    def __init__(self, size):
        self.size = size
        self.items = collections.deque(maxlen=size)

    def push(self, item):
        self.items.append(item)
        return sum(self.items) / len(self.items)
"""


def of(student: str, *parts: str) -> Submission:
    return Submission(student, "small", "small.py", parts)


def test_a_renamed_copy_is_found_and_nothing_else() -> None:
    (pair,) = similar_pairs([of("ada", GIVEN, OWN), of("bob", GIVEN, COPIED), of("cho", GIVEN, OTHER)], [GIVEN])
    assert (pair.first, pair.second) == ("ada", "bob")
    assert pair.share > 0.9
    assert "total += value" in pair.excerpt


def test_what_was_given_and_what_many_wrote_says_nothing() -> None:
    assert similar_pairs([of("ada", GIVEN), of("bob", GIVEN)], [GIVEN]) == []
    many = [of(f"s{number}", OWN) for number in range(10)]
    assert similar_pairs(many, []) == []
    assert len(similar_pairs(many[:2], [])) == 1


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    root = write_small_course(tmp_path)
    for name, text in (("ada", OWN), ("\x1b[1mbob", COPIED), ("cho", OTHER)):
        write(root / f"class/{name}/small/small.py", text)
    monkeypatch.chdir(root)
    assert run(["similar", "small", "class"]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[0].endswith("tokens)")
    assert "\\x1b[1mbob and ada" in out
    assert "\x1b" not in out
    assert run(["similar", "smal", "class"]) == 2
    assert "Did you mean 'small'?" in capsys.readouterr().err
