"""What a course in several languages lacks is told; what is there is used."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course.annotated import Cell
from grader.course.loading import load_exercises, load_mistakes
from grader.course.settings import load_course
from grader.course.translations import read_table
from grader.publishing.proofs.languages import language_items, unpaired
from grader.records.errors import AuthorError
from grader.records.text.language import speaking
from tests.courses import write, write_course

CHECKS = """\
from grader.authoring import exercise, tensors


@exercise(points=1, hints=["Twice.", "Once more."])
def double(submission, x=tensors("n")):
    return submission.double(x)


@double.law("it is even")
def _(example, observed):
    return True
"""
MISTAKES = '''\
from grader.authoring import mistake


@mistake("small.double")
def same(x):
    """This is x
    itself."""
    return x
'''
HINTS_KO = '"Twice." = "두 번이에요."\n"Once more." = "한 번 더요."\n"it is even" = "짝수예요"\n'
MISTAKES_KO = '"This is x itself." = "x 그대로예요."\n'


@pytest.fixture
def course(tmp_path: Path) -> Path:
    root = write_course(tmp_path, "small")
    write(root / "assignments/small/checks.py", CHECKS)
    write(root / "solutions/small/mistakes.py", MISTAKES)
    write(root / "assignments/small/ko.toml", HINTS_KO)
    write(root / "solutions/small/ko.toml", MISTAKES_KO)
    return root


def wrong(root: Path) -> list[str]:
    return [f"{item.subject}: {item.message}" for item in language_items(load_course(root), "small") if not item.ok]


def test_a_whole_course_is_in_order_and_speaks(course: Path) -> None:
    assert wrong(course) == []
    with speaking("ko"):
        (exercise,), (mistake,) = load_exercises(course, "small"), load_mistakes(course, "small")
    assert exercise.hints == ("두 번이에요.", "한 번 더요.")
    assert exercise.probes[0].laws[0].title == "짝수예요"
    assert mistake.message == "x 그대로예요."
    assert load_exercises(course, "small")[0].hints == ("Twice.", "Once more.")


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("assignments/small/ko.toml", '"Twice."', '"Thrice."', "assignments/small/ko.toml: lacks 'Twice.'"),
        ("assignments/small/ko.toml", "it is even", "it is odd", "assignments/small/ko.toml: lacks 'it is even'"),
        ("solutions/small/ko.toml", "itself", "alone", "solutions/small/ko.toml: lacks 'This is x itself.'"),
        (
            "solutions/small/ko.toml",
            '"This',
            '"More" = "더"\n"This',
            "solutions/small/ko.toml: translates what nothing",
        ),
        ("solutions/small/small.py", '# %% [markdown] lang="ko"\n# # 두 배\n', "", "'# # Doubling' is not in ko"),
    ],
)
def test_what_is_missing_is_told(course: Path, file: str, old: str, new: str, told: str) -> None:
    text = (course / file).read_text(encoding="utf-8")
    assert old in text
    write(course / file, text.replace(old, new))
    (problem,) = wrong(course)
    assert told.replace("# # ", "# ") in problem


def test_a_course_in_one_language_needs_no_table(course: Path) -> None:
    text = (course / "course.toml").read_text(encoding="utf-8")
    write(course / "course.toml", text.replace('["en", "ko"]', '["en"]'))
    (course / "assignments/small/ko.toml").unlink()
    assert wrong(course) == []


@pytest.mark.parametrize(("text", "told"), [('"a" = 1', "'a' has no text, but 1"), ("a = ", "is not TOML")])
def test_a_table_that_is_none_is_refused(tmp_path: Path, text: str, told: str) -> None:
    write(tmp_path / "ko.toml", text)
    with pytest.raises(AuthorError, match=told):
        read_table(tmp_path, "ko")


def test_prose_is_paired_cell_by_cell() -> None:
    en, ko, code = Cell("markdown", "One", "en"), Cell("markdown", "하나", "ko"), Cell("code", "x")
    assert list(unpaired([en, ko, en, ko, code, en, ko], ["en", "ko"])) == []
    assert list(unpaired([en, ko, en, code, en, ko], ["en", "ko"])) == ["the prose that begins 'One' is not in ko"]
    assert list(unpaired([ko, en, en], ["en", "ko"])) == ["the prose that begins 'One' is not in ko"]
    assert list(unpaired([Cell("markdown", "both"), ko], ["ko"])) == []
