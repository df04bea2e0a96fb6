"""From points to a grade: every rule, and the words that explain it."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path

import pytest

from grader.commands.cli import run
from grader.course.marks import Extension, Standing, Work, standing
from grader.course.settings import Course, load_course
from grader.records.errors import AuthorError, UsageError
from grader.records.verdict import decide
from grader.results.report import submission_report, to_json
from grader.submissions.collect.extensions import read_extensions
from grader.submissions.collect.groups import read_roster
from tests import samples
from tests.courses import write

DUE = datetime.datetime(2030, 1, 10, 12, tzinfo=datetime.UTC)
SETTINGS = """\
format = 1
id = "marks"
title = "Marks"
languages = ["en"]
[late]
grace_minutes = 10
percent_per_day = 10
max_percent = 50
{late}
[grade]
{grade}
[[assignments]]
name = "one"
points = 10
due = 2030-01-10T12:00:00Z
[[assignments]]
name = "two"
points = 20
due = 2030-01-20T12:00:00Z
{two}
[[assignments]]
name = "three"
points = 10
"""


def course(tmp_path: Path, late: str = "", grade: str = "", two: str = "") -> Course:
    write(tmp_path / "course.toml", SETTINGS.format(late=late, grade=grade, two=two))
    return load_course(tmp_path)


def work(earned: float | None, days: float | None = 0.0, due: datetime.datetime = DUE) -> Work:
    return Work(earned, None if days is None else due + datetime.timedelta(days=days))


def marks(found: Standing) -> list[tuple[str, float | None, tuple[str, ...]]]:
    return [(mark.assignment, mark.points, mark.reasons) for mark in found.marks]


@pytest.mark.parametrize(
    ("days", "points", "reason"),
    [
        (-1, 8.0, ()),
        (0.006, 8.0, ()),  # within the grace period
        (0.5, 7.2, ("1 day late: -10%",)),
        (2, 6.4, ("2 days late: -20%",)),
        (30, 4.0, ("30 days late: -50%",)),
        (None, 8.0, ("no time of hand-in is known: taken as in time",)),
    ],
)
def test_late_days_cost_what_the_course_says(
    tmp_path: Path, days: float | None, points: float, reason: tuple[str, ...]
) -> None:
    found = standing(course(tmp_path), "ada", {"one": work(8.0, days)}, names=["one"])
    assert marks(found) == [("one", points, reason)]
    assert found.percent == points * 10


@pytest.mark.parametrize(
    ("extensions", "points", "reasons"),
    [
        ({"one": datetime.timedelta(days=2)}, 10.0, ("extension: 2 days, until 2030-01-12 12:00 UTC",)),
        ({"": datetime.timedelta(days=1)}, 9.0,
         ("extension: 1 day, until 2030-01-11 12:00 UTC", "1 day late: -10%")),
        ({"": datetime.timedelta(days=9), "one": datetime.timedelta(0)}, 8.0, ("2 days late: -20%",)),
        ({"one": DUE + datetime.timedelta(days=5)}, 10.0, ("extension: 5 days, until 2030-01-15 12:00 UTC",)),
        ({"one": DUE - datetime.timedelta(days=5)}, 8.0, ("2 days late: -20%",)),
    ],
)  # fmt: skip
def test_an_extension_moves_the_due_date(
    tmp_path: Path, extensions: dict[str, Extension], points: float, reasons: tuple[str, ...]
) -> None:
    found = standing(course(tmp_path), "ada", {"one": work(10.0, 2)}, extensions, ["one"])
    assert marks(found) == [("one", points, reasons)]


def test_free_days_are_used_by_due_date(tmp_path: Path) -> None:
    works = {"two": work(20.0, 12), "one": work(10.0, 2)}
    found = standing(course(tmp_path, late="free_days = 3"), "ada", works, names=["one", "two"])
    assert marks(found) == [
        ("one", 10.0, ("2 days late, 2 of them free (1 left): no penalty",)),
        ("two", 18.0, ("2 days late, 1 of them free (0 left): -10%",)),
    ]


def test_weights_and_what_is_dropped(tmp_path: Path) -> None:
    works = {"one": work(10.0), "two": work(10.0)}
    plain = standing(course(tmp_path), "ada", works)
    assert plain.percent == 50.0  # 20 of 40
    assert marks(plain)[2] == ("three", 0.0, ("not handed in",))
    assert standing(course(tmp_path, two="weight = 0"), "ada", works).percent == 50.0  # 10 of 20
    dropped = standing(course(tmp_path, grade="drop_lowest = 1"), "ada", works)
    assert dropped.percent == 66.67  # 20 of 30
    assert dropped.marks[2].reasons == ("not handed in", "dropped: among the lowest")
    assert standing(course(tmp_path, grade="drop_lowest = 9"), "ada", works).percent == 100.0


def test_what_is_to_be_graded_again_makes_no_grade(tmp_path: Path) -> None:
    found = standing(course(tmp_path), "ada", {"one": work(None), "two": work(20.0)})
    assert found.percent is None
    assert found.marks[0].points is None


@pytest.mark.parametrize(
    ("attempts", "last", "points", "reasons"),
    [
        # An early one with fewer points beats a late one with more, once that is lowered.
        ([(9.0, 0)], (10.0, 2), 9.0, ("the best of 2 attempts counts: that of 2030-01-10 12:00 UTC",)),
        ([(7.0, 0)], (10.0, 2), 8.0, ("the best of 2 attempts counts: the last", "2 days late: -20%")),
        ([(10.0, 1), (9.0, 0)], (1.0, 3), 9.0, ("the best of 3 attempts counts: that of 2030-01-10 12:00 UTC",)),
        ([(8.0, -1)], (8.0, 0), 8.0, ("the best of 2 attempts counts: the last",)),
        ([(10.0, 1)], (0.0, None), 9.0,
         ("the best of 2 attempts counts: that of 2030-01-11 12:00 UTC", "1 day late: -10%")),
        ([(None, 0)], (10.0, 0), None, ("to be graded again",)),
        ([], (10.0, 1), 9.0, ("1 day late: -10%",)),
    ],
)  # fmt: skip
def test_the_best_attempt_counts_after_lateness(
    tmp_path: Path,
    attempts: list[tuple[float | None, float]],
    last: tuple[float, float | None],
    points: float | None,
    reasons: tuple[str, ...],
) -> None:
    earlier = tuple(work(earned, days) for earned, days in attempts)
    handed = dataclasses.replace(work(*last), earlier=earlier)
    found = standing(course(tmp_path, grade='counts = "best"'), "ada", {"one": handed}, names=["one"])
    assert marks(found) == [("one", points, reasons)]


def test_the_last_counts_unless_the_course_says_otherwise(tmp_path: Path) -> None:
    handed = dataclasses.replace(work(1.0), earlier=(work(10.0),))
    assert marks(standing(course(tmp_path), "ada", {"one": handed}, names=["one"])) == [("one", 1.0, ())]


def test_an_attempt_that_leaves_more_free_days_is_preferred(tmp_path: Path) -> None:
    settings = course(tmp_path, late="free_days = 2", grade='counts = "best"')
    handed = dataclasses.replace(work(10.0, 2), earlier=(work(10.0, 0),))
    found = standing(settings, "ada", {"one": handed, "two": work(20.0, 12)}, names=["one", "two"])
    assert [mark.points for mark in found.marks] == [10.0, 20.0]
    assert found.marks[1].reasons == ("2 days late, 2 of them free (0 left): no penalty",)


def test_another_word_for_which_attempt_counts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AuthorError, match=r"grade\.counts: 'beste' is not known\. Did you mean 'best'\?"):
        course(tmp_path, grade='counts = "beste"')


ROSTER = """student,email,extension,extension one
ada,ada@example.org,,2030-01-15 12:00 UTC
bob,bob@example.org,2.5,
=cmd,,3,
"""


def test_a_roster_gives_more_time_and_still_says_who_is_who(tmp_path: Path) -> None:
    path = write(tmp_path / "roster.csv", ROSTER)
    students, extensions = read_extensions(path, ("one", "two"))
    assert students == ("ada", "bob", "=cmd")
    assert extensions == {
        ("ada", "one"): datetime.datetime(2030, 1, 15, 12, tzinfo=datetime.UTC),
        ("bob", ""): datetime.timedelta(days=2.5),
        ("=cmd", ""): datetime.timedelta(days=3),
    }
    assert read_roster(path)[0] == {
        "ada": "ada", "ada@example.org": "ada", "bob": "bob", "bob@example.org": "bob", "=cmd": "=cmd",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("student,extension\nada,soon\n", "line 2, extension: 'soon' is neither a number of days nor a time"),
        ("student,extension\nada,-1\n", "'-1' is neither"),
        ("student,extension\nada,nan\n", "'nan' is neither"),
        ("student,extension tow\nada,1\n", "extensions for 'tow', which is no assignment.\nDid you mean 'two'?"),
        ("student,extension\nada,1\nada,2\n", "line 3: 'ada' is there twice"),
        ("name,extension\nada,1\n", "has no column student"),
    ],
)
def test_what_a_roster_cannot_say(tmp_path: Path, text: str, told: str) -> None:
    path = write(tmp_path / "roster.csv", text)
    with pytest.raises(UsageError) as caught:
        read_extensions(path, ("one", "two"))
    assert told in str(caught.value)


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    course(tmp_path)
    verdicts = [decide("one.a", "passed", 8.0, examples=1), decide("one.b", "missing", 2.0)]
    report = samples.report(*(submission_report(name, "one", "one.py", verdicts) for name in ("ada", "bob", "../x")))
    write(tmp_path / "results.json", to_json(report))
    write(tmp_path / "submitted/ada/one/timestamp.txt", "2030-01-12 12:00:00 UTC")
    write(tmp_path / "submitted/bob/one/timestamp.txt", "2030-01-12 12:00:00 UTC")
    write(tmp_path / "roster.csv", ROSTER)
    monkeypatch.chdir(tmp_path)
    words = ["total", "results.json", "--submissions", "submitted", "--roster", "roster.csv"]
    assert run(words) == 0
    out = capsys.readouterr().out
    assert "bob: 80%\n    one  8/10  (extension: 2.5 days, until 2030-01-13 00:00 UTC)\n" in out
    assert "../x: 80%\n    one  8/10  (no time of hand-in is known: taken as in time)\n" in out
    assert run([*words, "--csv", "grades.csv", "--explain", "grades"]) == 0
    assert "'=cmd,0,0,one: not handed in" in (tmp_path / "grades.csv").read_text()
    assert len(list((tmp_path / "grades").iterdir())) == 4
    assert run(["total", "results.json"]) == 0
    assert "ada: 80%" in capsys.readouterr().out
