"""Marks of mutants that are right answers: how they are read, and what is wrong with some."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.publishing.mutants.equivalent import as_mark, read_marks
from grader.records.errors import AuthorError
from tests.courses import write
from tests.publishing.mutants.making import mutants

MARK = '[[equivalent]]\ndefines = "f"\nold = "return x + y"\nnew = {}\nreason = "{}"\n'


def marked(root: Path, text: str) -> Path:
    write(root / "solutions/small/equivalent.toml", text)
    return root


def test_a_mark_gives_the_reason_of_its_mutants_alone(tmp_path: Path) -> None:
    marks = read_marks(marked(tmp_path, MARK.format('["return x - y", "return x"]', "y is 0.")), "small")
    reasons = {mutant.new: marks.reason(mutant) for mutant in mutants("return x + y")}
    assert reasons == {"return x - y": "y is 0.", "return x": "y is 0.", "return y": ""}
    assert not marks.stale(mutants("return x + y"))


def test_a_mark_that_fits_no_mutant_is_told(tmp_path: Path) -> None:
    marks = read_marks(marked(tmp_path, MARK.format('"return x ** y"', "Why not.")), "small")
    assert marks.stale(mutants("return x + y")) == [
        "solutions/small/equivalent.toml: f: no mutant changes `return x + y` to `return x ** y`"
    ]


def test_what_is_printed_for_a_survivor_marks_it_once_a_reason_is_given(tmp_path: Path) -> None:
    for mutant in mutants("return x['a'] + y(\"b\", 'c')", "z = 1"):
        text = as_mark(mutant).replace('reason = ""', 'reason = "So."')
        assert read_marks(marked(tmp_path, text), "small").reason(mutant) == "So."


def test_without_a_file_nothing_is_marked(tmp_path: Path) -> None:
    assert not any(read_marks(tmp_path, "small").reason(mutant) for mutant in mutants("return x + y"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (MARK.format('"return x"', " "), "solutions/small/equivalent.toml: a mark of f gives no reason."),
        (MARK.format('["a", "a"]', "So."), "solutions/small/equivalent.toml: f marks this twice: a"),
        ("[[equivalent]]\n", "missing required field `defines`"),
        (MARK.format('"a"', "So.") + 'line = "1"\n', "unknown field `line`"),
        ("[[equivalent]", "solutions/small/equivalent.toml: "),
    ],
)
def test_a_file_of_another_form_is_the_authors_fault(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(AuthorError) as caught:
        read_marks(marked(tmp_path, text), "small")
    assert told in str(caught.value)
