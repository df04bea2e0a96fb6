"""course.toml: read whole, or every problem at once."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from grader.course.settings import find_course, load_course
from grader.records.errors import AuthorError, UsageError
from tests.courses import SETTINGS, write, write_settings


@pytest.fixture(autouse=True)
def _no_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GRADER_SEED", raising=False)


def test_reads_everything(tmp_path: Path) -> None:
    write(
        tmp_path / "course.toml",
        """
        format = 1
        id = "dl"
        title = "Deep learning"
        languages = ["en", "ko"]
        devices = ["cpu", "cuda"]
        examples = { public = 5, graded = 7 }
        limits = { seconds_per_example = 1, seconds_per_exercise = 9.5, memory_mb = 256, output_kb = 8 }
        late = { grace_minutes = 15, percent_per_day = 12.5, max_percent = 40 }
        release = { url = "https://example.org/released.zip" }
        [[assignments]]
        name = "einsum"
        title = "Einsum"
        points = 4.5
        due = 2026-03-09T23:59:00+09:00
        """,
    )
    course = load_course(tmp_path)
    assert (course.id, course.title, course.languages, course.devices) == (
        "dl",
        "Deep learning",
        ("en", "ko"),
        ("cpu", "cuda"),
    )
    assert (course.examples.public, course.examples.graded) == (5, 7)
    assert course.limits.seconds_per_example == 1.0
    assert course.limits.memory_mb == 256
    assert course.late.percent_per_day == 12.5
    assert course.release.url == "https://example.org/released.zip"
    (einsum,) = course.assignments
    assert (einsum.name, einsum.title, einsum.points) == ("einsum", "Einsum", 4.5)
    assert einsum.due is not None
    assert einsum.due.astimezone(datetime.UTC).hour == 14


def test_what_is_left_out_has_a_default(tmp_path: Path) -> None:
    course = load_course(write_settings(tmp_path, "einsum"))
    assert (course.examples.public, course.examples.graded, course.devices) == (30, 100, ("cpu",))
    assert course.assignments[0].title == "einsum"


def test_every_problem_is_listed_at_once(tmp_path: Path) -> None:
    write(
        tmp_path / "course.toml",
        """
        format = 2
        title = 3
        languages = ["en", "en"]
        devices = ["gpu"]
        exmaples = {}
        [limits]
        memory_mb = "3"
        seconds_per_example = nan
        output_kib = 1
        [[assignments]]
        name = "a b"
        points = -3
        due = 2026-01-01T00:00:00
        [[assignments]]
        name = "loaders"
        points = true
        due = 2026-01-01
        [[assignments]]
        name = "loaders"
        points = 1
        """,
    )
    with pytest.raises(AuthorError) as caught:
        load_course(tmp_path)
    assert str(tmp_path / "course.toml") in caught.value.message
    listed = [line.strip() for line in caught.value.message.splitlines()[1:]]
    assert listed == [
        "format: this grader reads format 1, not 2; install a newer grader",
        "id: is missing; expected a string",
        "title: must be a string, not a whole number (3)",
        "languages[1]: 'en' is there twice",
        "devices[0]: 'gpu' is not known. Did you mean 'cpu'?",
        "limits.seconds_per_example: must be from 0.01 to 3600, not nan",
        "limits.memory_mb: must be a whole number, not a string ('3')",
        "limits.output_kib: is no key of this table. Did you mean 'output_kb'?",
        "assignments[0].name: must be a name of letters, digits and _ that begins with no digit, not 'a b'",
        "assignments[0].points: must be from 0 to 1000000, not -3",
        "assignments[0].due: has no offset from UTC, so it is another moment on each machine; "
        "write it as 2026-01-01T00:00:00+09:00",
        "assignments[1].points: must be a number, not a boolean (true)",
        "assignments[1].due: must be a date and time, not a date (2026-01-01)",
        "assignments[2].name: another assignment is called 'loaders' already",
        "exmaples: is no key of this table. Did you mean 'examples'?",
    ]
    assert "has 15 problems" in caught.value.message


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        (SETTINGS, "assignments: is missing; expected an array"),
        (
            SETTINGS + "assignments = []",
            "assignments: must hold at least one table: write [[assignments]] and its keys",
        ),
        (SETTINGS + "assignments = [1]", "assignments[0]: must be a table, not a whole number (1)"),
        (
            SETTINGS + "[limits]\nseconds_per_example = 5\nseconds_per_exercise = 2",
            "limits.seconds_per_exercise: must not be less than seconds_per_example",
        ),
        (
            SETTINGS + '[release]\nurl = "http://example.org/a b.zip"',
            "release.url: must be https://... of a zip file or a git repository, without blanks, "
            "not 'http://example.org/a b.zip'",
        ),
        (SETTINGS.replace('"A sample"', '" "'), "title: must not be blank"),
        (SETTINGS.replace('["en", "ko"]', "[]"), "languages: must hold at least one string"),
        (SETTINGS.replace('["en", "ko"]', "[1]"), "languages[0]: must be a string, not a whole number (1)"),
        (SETTINGS.replace('["en", "ko"]', '"en"'), "languages: must be an array, not a string ('en')"),
    ],
)
def test_one_problem(tmp_path: Path, settings: str, problem: str) -> None:
    write(tmp_path / "course.toml", settings)
    with pytest.raises(AuthorError) as caught:
        load_course(tmp_path)
    assert f"  {problem}" in caught.value.message.splitlines()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"format = ", "is not TOML: Invalid value (at line 1, column 10)"),
        (b"title = '\xff'", "is not UTF-8: byte 9 is 0xff"),
    ],
)
def test_not_a_toml_file(tmp_path: Path, content: bytes, message: str) -> None:
    write(tmp_path / "course.toml", content)
    with pytest.raises(AuthorError) as caught:
        load_course(tmp_path)
    assert message.partition(" (at")[0] in caught.value.message


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"There is no course\.toml in"):
        load_course(tmp_path)


def test_unreadable_file(tmp_path: Path) -> None:
    (tmp_path / "course.toml").mkdir()
    with pytest.raises(UsageError, match="cannot be read: Is a directory"):
        load_course(tmp_path)


def test_find_course_walks_up(tmp_path: Path) -> None:
    write_settings(tmp_path, "einsum")
    deep = tmp_path / "assignments" / "einsum"
    deep.mkdir(parents=True)
    assert find_course(deep) == tmp_path.resolve()


def test_find_course_says_where_it_looked(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        find_course(tmp_path)
    assert caught.value.message == f"There is no course.toml in {tmp_path.resolve()} or in any folder above it."
    assert caught.value.hint == "Run this inside a course, or name its folder with --course."


def test_unknown_assignment_names_the_nearest(tmp_path: Path) -> None:
    course = load_course(write_settings(tmp_path, "einsum", "loaders"))
    assert course.assignment("loaders").points == 1
    with pytest.raises(UsageError) as caught:
        course.assignment("einsun")
    assert caught.value.message == "The course has no assignment 'einsun'."
    assert caught.value.hint == "Did you mean 'einsum'?"


def test_seed_comes_from_the_environment_then_the_file_then_the_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = load_course(write_settings(tmp_path, "einsum"))
    assert not course.has_solutions
    default = course.seed()
    assert course.seed_origin() == "default"
    write(tmp_path / "solutions" / "seed.txt", "# of spring\n\n  abc123 \n")
    assert (course.seed(), course.seed_origin()) == ("abc123", "file")
    assert course.has_solutions
    monkeypatch.setenv("GRADER_SEED", "other")
    assert (course.seed(), course.seed_origin()) == ("other", "environment")
    assert len({default, "abc123", "other"}) == 3


def test_default_seed_is_of_the_course(tmp_path: Path) -> None:
    one = load_course(write_settings(tmp_path / "one", "a"))
    twin = load_course(write_settings(tmp_path / "twin", "b"))
    other = load_course(write_settings(tmp_path / "other", "a", settings=SETTINGS.replace("sample", "other")))
    assert one.seed() == twin.seed() != other.seed()


@pytest.mark.parametrize(
    ("content", "message"), [(b"# nothing\n", "holds no seed."), (b"\xff\xfe", "cannot be read: 'utf-8' codec")]
)
def test_broken_seed_file(tmp_path: Path, content: bytes, message: str) -> None:
    course = load_course(write_settings(tmp_path, "einsum"))
    write(tmp_path / "solutions" / "seed.txt", content)
    with pytest.raises(AuthorError, match=message):
        course.seed()
