"""`grader ci` in scratch repositories with two commits: a student's, and the instructors'."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from grader.commands import cli
from grader.course.settings import load_course
from grader.publishing.build import write_examples, write_files
from grader.publishing.release import release_to_folder
from tests.courses import write
from tests.integrations.ci.repository import commit, git
from tests.small_course import RIGHT, write_small_course

FORGERY = """
import os, sys
print("::error::forged")
print("::stop-commands::x")
os.write(1, b"::warning::forged through the descriptor\\n")
os.write(2, b"::warning::forged through the descriptor\\n")
SEEN = dict(os.environ)
for path in (os.environ.get("GITHUB_STEP_SUMMARY"), os.environ.get("GITHUB_ENV")):
    if path:
        open(path, "a").write("forged")
"""
WRONG = {**RIGHT, "double": "def double(x):\n    print('::error::forged')\n    return 3 * x\n"}
WRONG["root"] = "def root(n):\n    raise RuntimeError('%0A::error::forged ' + str(SEEN))\n"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_small_course(tmp_path_factory.mktemp("course"))
    built = load_course(root)
    write_files(built, "small")
    write_examples(built, "small")
    return root


@pytest.fixture
def student(course: Path, tmp_path: Path) -> Path:
    """Return a student's repository whose first commit is what was given out."""
    root = tmp_path / "student"
    list(release_to_folder(load_course(course), root, ["small"]))
    commit(root)
    return root


def grade(root: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "CI_"))}
    command = [sys.executable, "-m", "grader", "ci", *words]
    return subprocess.run(
        command, cwd=root, capture_output=True, text=True, env={**kept, "COLUMNS": "100", **environment}
    )


def obeyed(output: str) -> list[str]:
    """Return the lines that GitHub would take for commands."""
    found, stopped = [], None
    for line in output.splitlines():
        command = re.match(r"\s*::([a-z-]+)(?: [^:]*)?::(.*)", line)
        if stopped is not None:
            stopped = None if line.strip() == f"::{stopped}::" else stopped
        elif command and command[1] == "stop-commands":
            stopped = command[2]
        elif command:
            found.append(line)
    return found


def test_a_student_who_pushed_an_answer(student: Path, tmp_path: Path) -> None:
    before = git(student, "rev-parse", "HEAD")
    file = write(student / "assignments/small/small.py", f"import torch\n{FORGERY}\n\n" + "\n\n".join(WRONG.values()))
    commit(student)
    summary = tmp_path / "summary.md"
    event = write(tmp_path / "event.json", json.dumps({"before": before}))
    github = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary), "GITHUB_EVENT_PATH": str(event)}
    done = grade(student, **github, GITHUB_WORKSPACE=str(student), GITHUB_TOKEN="hush-hush")
    assert done.returncode == 1, done.stderr
    commands = obeyed(done.stdout) + obeyed(done.stderr)
    lines = file.read_text().splitlines()
    assert commands, done.stdout
    places = {match[2]: int(match[1]) for one in commands if (match := re.match(r".*line=(\d+),title=([\w.]+)", one))}
    assert lines[places["small.double"] - 1] == "def double(x):"
    assert "raise RuntimeError" in lines[places["small.root"] - 1]
    assert all(one.startswith("::error file=assignments/small/small.py,line=") for one in commands)
    assert len(commands) == 2
    told = done.stdout + done.stderr + summary.read_text() + (student / "grader-ci/results.json").read_text()
    assert "hush-hush" not in told
    assert not re.search(r"^\s*::error::forged", summary.read_text(), re.MULTILINE)
    assert "5 more" not in summary.read_text()
    root = ET.parse(student / "grader-ci/junit.xml").getroot()
    report = json.loads((student / "grader-ci/results.json").read_text())
    assert root.get("tests") == "5"
    assert root.get("failures") == str(sum(one["outcome"] != "passed" for one in report["submissions"][0]["exercises"]))
    assert summary.read_text() == (student / "grader-ci/summary.md").read_text()


def test_nothing_is_graded_when_nothing_of_it_changed(
    student: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(student)
    for name in [name for name in os.environ if name.startswith(("GITHUB_", "CI_"))]:
        monkeypatch.delenv(name)
    write(student / "README.md", "more\n")
    commit(student)
    assert cli.run(["ci"]) == 0
    assert "every exercise is still the stub" in capsys.readouterr().out
    write(student / "assignments/small/small.py", "\n\n".join(RIGHT.values()))
    commit(student)
    write(student / "notes.txt", "more\n")
    commit(student)
    assert cli.run(["ci"]) == 0
    assert "to be graded: nothing" in capsys.readouterr().out
    assert (student / "grader-ci/summary.md").read_text() == "Nothing that can be graded has changed.\n"


def test_what_instructors_collected_is_graded_with_hidden_references(course: Path, tmp_path: Path) -> None:
    root = tmp_path / "course"
    shutil.copytree(course, root, ignore=shutil.ignore_patterns(".grader"))
    right = "import torch\n\n\n" + "\n\n".join(RIGHT.values())
    write(root / "submitted/ada/small/small.py", right)
    write(root / "submitted/eve/small/small.py", right)
    write(root / ".gitignore", ".grader\ngrader-ci\n")
    commit(root)
    write(root / "submitted/eve/small/small.py", right.replace("2 * x", "3 * x"))
    commit(root)
    done = grade(root, "--policy", "90%")
    assert done.returncode == 1, done.stderr
    assert "to be graded: eve/small" in done.stdout
    assert "submitted/eve/small/small.py:4: error: small.double: wrong answer" in done.stdout
    report = json.loads((root / "grader-ci/results.json").read_text())
    assert [one["student"] for one in report["submissions"]] == ["eve"]
    assert report["seed"] is None
    assert report["submissions"][0]["points"] == 4


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--policy", "most"], "there is no policy 'most'"),
        (["--since", "nowhere"], "nowhere is no commit of"),
        (["--submissions", "absent"], "there is no folder absent"),
        (["--audience", "all"], "unknown audience 'all'"),
    ],
)
def test_what_cannot_be_is_told(
    student: Path,
    arguments: list[str],
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(student)
    assert cli.run(["ci", *arguments]) == 2
    assert told in capsys.readouterr().err
