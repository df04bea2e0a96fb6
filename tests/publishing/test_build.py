"""What students get is generated whole, fresh, and without a line of a solution."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from grader.course.settings import Course, load_course
from grader.judging.examples import public
from grader.judging.sealed import SealedMistakes, read_sealed
from grader.publishing import seal
from grader.publishing.build import generate, stale_files, write_examples, write_files
from grader.records.errors import AuthorError
from grader.records.text.language import speaking
from tests.courses import SETTINGS, SOURCE, write, write_course, write_settings

MISTAKES = '''
from grader.authoring import mistake


@mistake("demo.double")
def squared(x):
    """Twice x is x + x, not x * x."""
    return x * x
'''


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


def test_sources_are_digested_once_and_before_they_are_used(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADER_CACHE", str(course.root / "cache"))
    write_files(course, "demo")
    mistakes = write(course.solution_folder("demo") / "mistakes.py", MISTAKES)
    digested: list[str] = []
    digest = public.source_digest
    monkeypatch.setattr(public, "source_digest", lambda *words: digested.append("once") or digest(*words))
    whole = seal.seal

    def saved_meanwhile(*words: Any) -> SealedMistakes:
        write(mistakes, MISTAKES + "# saved while it was sealed\n")
        return whole(*words)

    monkeypatch.setattr(seal, "seal", saved_meanwhile)
    write_examples(course, "demo")
    assert digested == ["once"]
    why = "was made from another checks.py, reference or mistakes.py"
    assert stale_files(course, "demo") == [("assignments/demo/mistakes.bin", why)]


def test_examples_and_sealed_mistakes_follow_what_they_are_made_of(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADER_CACHE", str(course.root / "cache"))
    write_files(course, "demo")
    mistakes = write(course.solution_folder("demo") / "mistakes.py", MISTAKES)
    examples, sealed = (course.root / "assignments/demo" / name for name in ("examples.bin", "mistakes.bin"))
    assert write_examples(course, "demo") == [examples, sealed]
    assert stale_files(course, "demo") == []
    assert write_examples(course, "demo") == []
    assert b"Twice" not in sealed.read_bytes()
    assert read_sealed(course.root, "demo") is not None
    first = sealed.read_bytes()
    sealed.unlink()
    assert stale_files(course, "demo") == [("assignments/demo/mistakes.bin", "is missing")]
    assert write_examples(course, "demo") == [sealed]
    assert sealed.read_bytes() == first
    mistakes.write_text(MISTAKES + "\n# changed\n")
    why = "was made from another checks.py, reference or mistakes.py"
    assert stale_files(course, "demo") == [("assignments/demo/mistakes.bin", why)]
    checks = course.assignment_folder("demo") / "checks.py"
    checks.write_text(checks.read_text() + "\n# changed\n")
    assert stale_files(course, "demo") == [
        ("assignments/demo/examples.bin", "was made from another checks.py or reference"),
        ("assignments/demo/mistakes.bin", why),
    ]
    mistakes.unlink()
    assert ("assignments/demo/mistakes.bin", "belongs to no mistakes.py: delete it") in stale_files(course, "demo")
    sealed.write_bytes(b"junk")
    with pytest.raises(AuthorError, match=r"assignments/demo/mistakes\.bin is damaged"):
        read_sealed(course.root, "demo")


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
