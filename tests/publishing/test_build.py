"""What students get is generated whole, fresh, and without a line of a solution."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course.settings import Course, load_course
from grader.publishing.build import examples_are_fresh, generate, stale_files, write_examples, write_files
from grader.records.errors import AuthorError
from grader.records.text.language import speaking
from tests.courses import SETTINGS, SOURCE, write, write_course, write_settings


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return load_course(write_course(tmp_path, "demo"))


def test_writes_once(course: Course) -> None:
    assert [path.name for path in write_files(course, "demo")] == ["demo.py", "demo.ipynb"]
    assert write_files(course, "demo") == []
    assert not list(course.assignment_folder("demo").glob(".*"))


def test_what_is_stale_and_why(course: Course) -> None:
    everything = ["assignments/demo/demo.py", "assignments/demo/demo.ipynb", "assignments/demo/examples.bin"]
    assert stale_files(course, "demo") == [(path, "is missing") for path in everything]
    write_files(course, "demo")
    write(course.assignment_folder("demo") / "demo.py", "x = 1")
    assert stale_files(course, "demo") == [
        ("assignments/demo/demo.py", "is not what its source gives now"),
        ("assignments/demo/examples.bin", "is missing"),
    ]


def test_public_examples_follow_checks_and_reference(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADER_CACHE", str(course.root / "cache"))
    write_files(course, "demo")
    path = write_examples(course, "demo")
    assert path == course.root / "assignments/demo/examples.bin"
    assert stale_files(course, "demo") == []
    first = path.read_bytes()
    assert write_examples(course, "demo").read_bytes() == first
    checks = course.assignment_folder("demo") / "checks.py"
    checks.write_text(checks.read_text() + "\n# changed\n")
    assert not examples_are_fresh(course, "demo")
    assert stale_files(course, "demo") == [
        ("assignments/demo/examples.bin", "was made from another checks.py or reference")
    ]


@pytest.mark.parametrize(
    ("source", "checks", "where"),
    [
        (SOURCE.replace("# # Doubling", "# Write `return torch.mul(x, 2) + 0`."), "", "demo.ipynb"),
        (SOURCE.replace('"""Return x twice."""', '"""Like return torch.mul(x, 2) + 0."""'), "", "demo.py"),
        (SOURCE, "\ndef answer(x):\n    return torch.mul(x, 2) + 0\n", "checks.py"),
    ],
)
def test_a_leak_stops_everything(course: Course, source: str, checks: str, where: str) -> None:
    write(course.solution_folder("demo") / "demo.py", source)
    path = course.assignment_folder("demo") / "checks.py"
    path.write_text(path.read_text() + checks)
    with pytest.raises(AuthorError) as caught:
        write_files(course, "demo")
    assert caught.value.message.splitlines()[:2] == [
        "Lines of the solutions of demo would reach students:",
        f"  {where}: return torch.mul(x, 2) + 0",
    ]
    assert caught.value.hint is not None
    assert not (course.assignment_folder("demo") / "demo.py").exists()


def test_a_hint_may_say_a_line(course: Course) -> None:
    path = course.assignment_folder("demo") / "checks.py"
    path.write_text(path.read_text() + '\nHINT = "At last: return torch.mul(x, 2) + 0"\n')
    assert len(generate(course, "demo")) == 2


def test_a_course_in_one_language_has_no_prose_in_another(tmp_path: Path) -> None:
    root = write_course(tmp_path, "one")
    write_settings(root, "one", settings=SETTINGS.replace('["en", "ko"]', '["ko"]'))
    course = load_course(root)
    write_files(course, "one")
    notebook = (root / "assignments/one/one.ipynb").read_text(encoding="utf-8")
    assert "두 배" in notebook
    assert "Doubling" not in notebook
    assert "이 셀을 먼저 실행하세요" in notebook
    assert (root / "assignments/one/one.py").read_text(encoding="utf-8").startswith("# 여기에 답을 쓰고")
    with speaking("ko"):
        assert not [path for path, _ in stale_files(course, "one") if path.endswith((".py", ".ipynb"))]
