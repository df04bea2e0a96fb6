import json

import pytest

from grader.commands import cli
from grader.course.settings import load_course
from grader.publishing.build import write_examples, write_files
from tests.courses import write_course


@pytest.fixture(scope="module")
def _built(tmp_path_factory):
    root = write_course(tmp_path_factory.mktemp("built") / "course", "one")
    course = load_course(root)
    write_files(course, "one")
    write_examples(course, "one")
    return root


@pytest.fixture
def course(_built, monkeypatch):
    monkeypatch.chdir(_built)
    return _built


def test_students_get_everything_but_the_solutions(course, tmp_path, capsys):
    assert cli.run(["release", str(tmp_path / "out")]) == 0
    found = sorted(path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.*"))
    assert [name for name in found if name != ".vscode"] == [
        ".gitignore",
        ".vscode/settings.json",
        "README.md",
        "assignments/one/checks.py",
        "assignments/one/examples.bin",
        "assignments/one/one.ipynb",
        "assignments/one/one.py",
        "course.toml",
        "requirements.txt",
    ]
    assert "torch.mul" not in "".join(path.read_text() for path in (tmp_path / "out").rglob("*.[pi][yp]*"))
    out, err = capsys.readouterr()
    assert "one, 9 files" in out
    assert "solutions/seed.txt" in err


def test_students_are_told_how_to_begin_and_what_they_changed_is_kept(course, tmp_path):
    assert cli.run(["release", str(tmp_path)]) == 0
    readme = (tmp_path / "README.md").read_text()
    assert "pip install -r requirements.txt" in readme
    assert "grader check one" in readme
    assert "과제마다" in readme
    assert "http" not in readme + (tmp_path / "requirements.txt").read_text(), "no way leads to another repository"
    editor = json.loads((tmp_path / ".vscode/settings.json").read_text())
    assert editor["python.testing.pytestArgs"] == ["assignments"]
    (tmp_path / "README.md").write_text(readme + "\nstale")
    (tmp_path / "requirements.txt").write_text("mine\n")
    assert cli.run(["release", str(tmp_path), "--force"]) == 0
    assert (tmp_path / "README.md").read_text() == readme
    assert (tmp_path / "requirements.txt").read_text() == "mine\n"
    (tmp_path / "README.md").write_text("Ours.")
    assert cli.run(["release", str(tmp_path), "--force"]) == 0
    assert (tmp_path / "README.md").read_text() == "Ours."


def test_a_folder_with_solutions_is_none_for_students(course, capsys):
    assert cli.run(["release", str(course), "--force"]) == 2
    assert "holds solutions/" in capsys.readouterr().err


def test_what_students_work_in_is_replaced_only_by_force(course, tmp_path, capsys):
    assert cli.run(["release", str(tmp_path), "one"]) == 0
    assert cli.run(["release", str(tmp_path), "one"]) == 2
    assert "is there already" in capsys.readouterr().err
    assert cli.run(["release", str(tmp_path), "one", "--force"]) == 0


def test_a_leak_stops_it(course, tmp_path, capsys):
    notes = course / "assignments/one/notes.md"
    notes.write_text("Remember: `return torch.mul(x, 2) + 0`.\n")
    try:
        assert cli.run(["release", str(tmp_path / "out")]) == 2
    finally:
        notes.unlink()
    assert "notes.md would give students of one" in capsys.readouterr().err
    assert not list((tmp_path / "out").rglob("*"))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["out", "two"], "has no assignment 'two'"),
        (["out", "--to", "nbgarder"], "Did you mean 'nbgrader'?"),
        (["out", "--exchange", "x"], "--exchange goes with --to nbgrader only"),
    ],
)
def test_wrong_use_is_told(course, tmp_path, capsys, arguments, told):
    arguments[0] = str(tmp_path / "out")
    assert cli.run(["release", *arguments]) == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("more", [[], ["--to", "nbgrader"], ["--to", "nbgrader", "--exchange"]])
def test_where_nothing_can_be_written_is_told_before_anything_is_made(course, tmp_path, capsys, more):
    (tmp_path / "file").write_text("kept")
    mode = (tmp_path / "file").stat().st_mode
    arguments = [str(tmp_path / "out"), *more, str(tmp_path / "file")] if "--exchange" in more else None
    assert cli.run(["release", *(arguments or [str(tmp_path / "file" / "inside"), *more])]) == 2
    assert f"cannot write into {tmp_path / 'file'}" in capsys.readouterr().err
    assert (tmp_path / "file").stat().st_mode == mode


def test_a_release_in_one_language_holds_no_other(course, tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("GRADER_LANG")
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    (course / "assignments/one/ko.toml").write_text('"Twice." = "두 번이에요."\n')
    try:
        assert cli.run(["release", str(tmp_path / "ko"), "--lang", "ko"]) == 0
        assert cli.run(["release", str(tmp_path / "en"), "--lang", "en"]) == 0
    finally:
        (course / "assignments/one/ko.toml").unlink()
    settings = load_course(tmp_path / "ko")
    assert settings.languages == ("ko",)
    prose = (tmp_path / "ko/assignments/one/one.ipynb").read_text()
    assert "두 배" in prose
    assert "Doubling" not in prose
    assert "이 셀을 먼저" in prose
    assert "Run this cell" not in prose
    assert (tmp_path / "ko/assignments/one/one.py").read_text().startswith("# 여기에 답을")
    assert (tmp_path / "ko/assignments/one/ko.toml").is_file()
    assert "Then" not in (tmp_path / "ko/README.md").read_text()
    assert "Doubling" in (tmp_path / "en/assignments/one/one.ipynb").read_text()
    assert not (tmp_path / "en/assignments/one/ko.toml").exists()
    monkeypatch.chdir(tmp_path / "ko")
    capsys.readouterr()
    assert cli.run(["check", "two"]) == 2
    assert "'two'라는 과제가 없어요" in capsys.readouterr().err, "the folder speaks the language that it is in"


def test_a_language_that_the_course_has_not_is_refused(course, tmp_path, capsys):
    assert cli.run(["release", str(tmp_path / "x"), "--lang", "fr"]) == 2
    assert "the course is not in 'fr': course.toml lists en, ko" in capsys.readouterr().err
    assert cli.run(["release", str(tmp_path / "x"), "--lang", "ko", "--to", "autolab"]) == 2
    assert "--lang goes with --to folder, github, gitlab only." in capsys.readouterr().err
    assert not (tmp_path / "x").exists()
