"""`grader doctor --student`: what a machine or a folder lacks, and what to type."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.commands import student_machine
from grader.commands.cli import run
from grader.commands.student_machine import Condition, folder_conditions, library_condition, package_conditions, within
from grader.course.settings import load_course
from tests.courses import write, write_course


def test_versions_are_compared_by_their_numbers() -> None:
    assert within("2.14.0", ">=2.14,<2.16")
    assert within("2.15.1+cu130", ">=2.14,<2.16")
    assert not within("2.16.0", ">=2.14,<2.16")
    assert not within("2.9.1", ">=2.14,<2.16")


def test_the_libraries_of_students_are_looked_at_and_no_others() -> None:
    found = [one.what.partition(" ")[0] for one in package_conditions()]
    assert {"torch", "numpy", "rich"} <= set(found)
    assert "nbgrader" not in found
    assert all(one.ok for one in package_conditions())


def test_what_is_missing_or_too_old_is_told_with_what_to_type() -> None:
    gone = library_condition("no-such-library", ">=1")
    assert (gone.ok, gone.what) == (False, "no-such-library is not installed")
    assert gone.mend.endswith('-m pip install "no-such-library>=1"')
    old = library_condition("pytest", ">=999")
    assert not old.ok
    assert old.what.endswith("is installed, >=999 is needed")


def test_a_folder_without_its_examples_or_with_a_shadow_is_told(tmp_path: Path) -> None:
    course = load_course(write_course(tmp_path, "one"))
    write(tmp_path / "assignments/one/torch.py", "")
    wrong = [one.what for one in folder_conditions(course) if not one.ok]
    assert wrong[0] == "one: examples.bin missing"
    assert "torch.py would be imported in place of the library torch" in wrong[1]


@pytest.mark.parametrize(("ok", "code"), [(True, 0), (False, 1)])
def test_the_exit_code_says_whether_all_is_in_order(
    ok: bool, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(student_machine, "torch_condition", lambda: Condition(ok, "torch", "" if ok else "Type: x"))
    monkeypatch.setattr(student_machine, "check_condition", lambda course: Condition(True, "one.double can be checked"))
    course = write_course(tmp_path, "one")
    write(course / "assignments/one/examples.bin", b"")
    assert run(["doctor", "--student", "--course", str(course)]) == code
    out = capsys.readouterr().out
    assert "ok    Python 3" in out
    assert ("All is in order." if ok else "wrong torch\n      Type: x") in out


def test_outside_of_a_course_that_is_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(student_machine, "torch_condition", lambda: Condition(True, "torch"))
    last = list(student_machine.conditions(None))[-1]
    assert not last.ok
    assert "no course.toml" in last.what
