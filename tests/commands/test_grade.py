"""`grader grade`, `check` and `doctor` through the command line: exit codes, messages, files."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from grader.commands.cli import main
from grader.commands.grade import check_all_judged, devices
from grader.engine.sandbox.gpus import has_cuda
from grader.records.errors import SandboxError
from tests import samples
from tests.courses import write
from tests.small_course import RIGHT, write_small_course

RIGHT_SOURCE = "import torch\n\n\n" + "\n\n".join(RIGHT.values())


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_small_course(tmp_path_factory.mktemp("course"))
    assert run(root, "build")[0] == 0
    write(root / "class/ada/small/small.py", RIGHT_SOURCE)
    write(root / "class/bob/small/small.py", RIGHT_SOURCE.replace("2 * x", "3 * x"))
    return root


def run(root: Path, *words: str) -> tuple[int, str, str]:
    """Run the command in a process of its own and return its exit code, output and errors."""
    command = [sys.executable, "-m", "grader", *words]
    environment = {**os.environ, "COLUMNS": "100"}
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, env=environment)
    return done.returncode, done.stdout, done.stderr


def here(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any, *words: str) -> tuple[int, str]:
    """Run the command in this process and return its exit code and what it wrote to standard error."""
    monkeypatch.chdir(root)
    code = 0
    try:
        code = main(list(words)) or 0
    except SystemExit as end:
        code = int(end.code or 0)
    return code, capsys.readouterr().err


def test_a_class_is_graded_into_json(course: Path, tmp_path: Path) -> None:
    code, out, _ = run(course, "grade", "class", "--json", str(tmp_path / "out.json"))
    assert code == 0
    assert "ada" in out
    assert "bob" in out
    report = json.loads((tmp_path / "out.json").read_text())
    assert report["format"] == 1
    assert report["course"] == "small"
    assert report["complete"] is True
    assert set(report["versions"]) >= {"torch", "grader", "python"}
    assert report["sandbox"]["level"] in {"strong", "good", "weak"}
    points = {one["student"]: one["points"] for one in report["submissions"]}
    assert points == {"ada": 6.0, "bob": 4.0}
    bob = next(one for one in report["submissions"] if one["student"] == "bob")
    finding = next(one for one in bob["exercises"] if one["outcome"] != "passed")["findings"][0]
    assert set(finding) >= {"kind", "must", "message", "counterexample", "expected", "actual", "mistake", "device"}


def test_a_single_file_explains_the_lost_points(course: Path) -> None:
    code, out, _ = run(course, "grade", "class/bob/small/small.py")
    assert code == 0
    assert "small.double" in out or "double" in out
    assert "x = torch.tensor([[1.]])" in out


def test_what_a_student_may_see_is_all_that_a_students_file_holds(course: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    words = ("grade", "class", "--exercise", "small.root", "--quiet", "--json", str(path))
    _, _, told = run(course, *words)
    assert "Before grades count, write one into solutions/seed.txt" in told
    assert json.loads(path.read_text())["seed"]
    _, _, told = run(course, *words, "--audience", "student", "--seed", "7")
    assert told == ""
    assert json.loads(path.read_text())["seed"] is None


def test_one_exercise_as_json_on_the_terminal(course: Path) -> None:
    code, out, _ = run(course, "grade", "class", "--exercise", "small.root", "--json", "-")
    assert code == 0
    report = json.loads(out)
    assert [[e["id"] for e in one["exercises"]] for one in report["submissions"]] == [["small.root"]] * 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("grade", "class", "--exercise", "small.duble"), "there is no exercise 'small.duble'"),
        (("grade", "class", "--exercise", "small.duble"), "Did you mean 'small.double'?"),
        (("grade", "class", "--audience", "students"), "unknown audience 'students'\nDid you mean 'student'?"),
        (("grade", "class", "--device", "tpu"), "unknown device 'tpu'; known are cpu and cuda"),
        (("grade", "class", "--device", "cuda"), "this machine has no GPU for CUDA: nothing was graded"),
        (("grade", "nowhere"), "nowhere"),
        (("grade", "class", "--student", "adda"), "there is no submission of 'adda' here.\nDid you mean 'ada'?"),
        (("grade", "class", "--failed", "--store", "none"), "--failed and --changed need the results store."),
        (("grade", "class", "--failed", "--store", "new.sqlite"), "there is none that failed when it was last graded"),
        (("grade", "class", "--store", "course.toml"), "damaged, or no results store"),
        (("grade", "class", "--public"), "--public goes with --nbgrader only."),
        (("check", "smal"), "Did you mean 'small'?"),
        (("check", "class"), "class is a folder, not a file"),
        (("check", "small.duble"), "Did you mean 'small.double'?"),
        (("doctor", "smal"), "smal"),
    ],
)
def test_wrong_use_is_the_command_lines_fault(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any, words: tuple[str, ...], told: str
) -> None:
    code, err = here(course, monkeypatch, capsys, *words)
    assert code == 2
    assert told in err
    assert "Traceback" not in err


def test_check_works_without_solutions(course: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    shutil.copytree(course, mine, ignore=shutil.ignore_patterns("solutions", "class", ".grader"))
    stub = run(mine, "check", "small")
    assert stub[0] == 1
    assert "stub" in stub[1]
    write(mine / "assignments/small/small.py", RIGHT_SOURCE.replace("2 * x", "x * x"))
    (mine / "assignments/small/small.ipynb").unlink()
    code, out, _ = run(mine, "check", "small.double", "--json")
    assert code == 1
    (exercise,) = json.loads(out)["submissions"][0]["exercises"]
    assert exercise["outcome"] == "failed"
    assert "earlier" not in exercise, "what the stub could not do is nothing that was wrong"
    assert exercise["findings"][0]["mistake"] == "Twice x is x + x, not x * x."
    write(mine / "assignments/small/small.py", RIGHT_SOURCE)
    code, out, _ = run(mine, "check", "small", "--lang", "ko")
    assert code == 0
    assert "✓ double  고쳤어요: 틀렸던 입력 8개 가운데 8개가 이제 맞아요" in out


def test_check_without_examples_says_so(course: Path, tmp_path: Path, monkeypatch: Any, capsys: Any) -> None:
    mine = tmp_path / "mine"
    shutil.copytree(course, mine, ignore=shutil.ignore_patterns("solutions", "class", ".grader"))
    path = mine / "assignments/small/examples.bin"
    path.write_bytes(b"junk")
    code, err = here(mine, monkeypatch, capsys, "check", "small")
    assert (code, "assignments/small/examples.bin is damaged" in err) == (2, True)
    path.unlink()
    code, err = here(mine, monkeypatch, capsys, "check", "small")
    assert (code, "assignments/small/examples.bin is missing" in err) == (2, True)


def test_doctor_tells_what_is_wrong_and_nothing_else(course: Path, tmp_path: Path) -> None:
    sick = tmp_path / "sick"
    shutil.copytree(course, sick, ignore=shutil.ignore_patterns("class", ".grader"))
    mistakes = sick / "solutions/small/mistakes.py"
    parts = [
        f'@mistake("small.{name}")\ndef wrong_{name}(x):\n    """Wrong."""\n    return None\n'
        for name in ("backwards", "total", "argmax", "root")
    ]
    mistakes.write_text(mistakes.read_text() + "\n\n" + "\n\n".join(parts))
    checks = sick / "assignments/small/checks.py"
    text = checks.read_text()
    for old in ("points=1, bans", "points=1, needs", "points=1)", "points=1, raises"):
        text = text.replace(old, old.replace("points=1", 'points=1, hints=["Think."]'))
    checks.write_text(text)
    assert run(sick, "build")[0] == 0
    mistakes.write_text(
        mistakes.read_text() + '\n\n@mistake("small.double")\ndef fine(x):\n    """No mistake."""\n    return 2 * x\n'
    )
    settings = sick / "course.toml"
    settings.write_text(settings.read_text().replace("points = 6", "points = 7"))
    code, out, err = run(sick, "doctor", "--json", str(tmp_path / "items.json"))
    assert code == 2
    wrong = [item for item in json.loads((tmp_path / "items.json").read_text()) if not item["ok"]]
    assert {(item["proof"], item["subject"]) for item in wrong} == {
        ("points", "small"),
        ("mistakes", "small.double: fine"),
        ("generated files", "assignments/small/mistakes.bin"),
    }
    assert "course.toml says 7" in out
    assert "3 of" in err


def test_whoever_is_asked_for_is_graded(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    assert here(course, monkeypatch, capsys, "grade", "class", "-q")[0] == 0  # mostly known already
    for words, wanted in (
        (("--student", "ada"), ["ada"]),
        (("--failed",), ["bob"]),
        (("--student", "ada", "--student", "bob"), ["ada", "bob"]),
    ):
        path = tmp_path / f"{words[-1]}.json"
        assert here(course, monkeypatch, capsys, "grade", "class", *words, "--json", str(path))[0] == 0
        assert [one["student"] for one in json.loads(path.read_text())["submissions"]] == wanted
    code, err = here(course, monkeypatch, capsys, "grade", "class", "--changed")
    assert code == 2
    assert "among 2 submissions there is none that was not graded as it is now" in err


def test_what_is_graded_outlives_a_kill_and_an_interrupt(course: Path, tmp_path: Path) -> None:
    root, destination, store = tmp_path / "class", tmp_path / "out.json", tmp_path / "kept.sqlite"
    for number in range(4):
        write(root / f"s{number}/small/small.py", RIGHT_SOURCE + f"\n# {number}\n")
    write(root / "slow/small/small.py", "import torch\n\nwhile True:\n    pass\n")
    words = ("grade", str(root), "--jobs", "1", "--json", str(destination), "--store", str(store))
    stopped_at(course, words, store, signal.SIGKILL)
    first = students(store)
    assert first
    code, err = stopped_at(course, words, store, signal.SIGINT, len(first))
    assert code == 130
    assert "Traceback" not in err
    assert re.search(r"\d of 5 submissions are graded and kept", err)
    assert f"To go on:  grader {' '.join(words)}" in err
    partial = tmp_path / "out.json.partial"  # beside what the killed run had begun
    report = json.loads((partial if partial.exists() else destination).read_text())
    assert {one["student"] for one in report["submissions"]} >= set(first)
    assert report["complete"] is False
    assert {name: run for name, run in students(store).items() if name in first} == first


def stopped_at(
    course: Path, words: tuple[str, ...], store: Path, how: signal.Signals, held: int = 0
) -> tuple[int, str]:
    """Run the command until the store holds the results of more than `held` students, then stop it."""
    command = [sys.executable, "-m", "grader", *words]
    process = subprocess.Popen(command, cwd=course, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    for _ in range(2400):
        if len(students(store)) > held:
            break
        time.sleep(0.05)
    process.send_signal(how)
    _, err = process.communicate(timeout=60)
    return process.returncode, err


def students(store: Path) -> dict[str, int]:
    """Return the students that a store holds results of, with the run that made them."""
    if not store.exists():
        return {}
    with contextlib.suppress(sqlite3.OperationalError), sqlite3.connect(store) as connection:
        return dict(connection.execute("select student, max(run) from grader_gradings group by student"))
    return {}


def test_what_could_not_be_judged_is_our_fault_and_named() -> None:
    with pytest.raises(SandboxError) as caught:
        check_all_judged(samples.a_class())
    assert "1 exercise could not be judged, through no fault of the submissions: 김민준 (einsum.dot)." in str(
        caught.value
    )
    assert "Run the same command again" in str(caught.value)
    assert caught.value.exit_code == 3


def test_a_device_that_the_course_names_and_the_machine_lacks_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setattr("grader.engine.sandbox.gpus.has_cuda", lambda: False)
    assert devices((), ("cpu", "cuda")) == ("cpu",)
    assert capsys.readouterr().err == "note: not graded on cuda, which course.toml names: this machine has none\n"
    assert devices((), ("cuda",)) == devices(("cpu",), ("cuda",)) == ("cpu",)
    monkeypatch.setattr("grader.engine.sandbox.gpus.has_cuda", lambda: True)
    capsys.readouterr()
    assert devices((), ("cpu", "cuda")) == ("cpu", "cuda")
    assert devices(("cuda",), ("cpu",)) == ("cuda",)
    assert capsys.readouterr().err == ""


def test_a_report_says_what_it_was_not_graded_on(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setattr("grader.engine.sandbox.gpus.has_cuda", lambda: False)
    settings = course / "course.toml"
    plain = settings.read_text()
    settings.write_text(plain.replace("languages", 'devices = ["cpu", "cuda"]\nlanguages', 1))
    path = tmp_path / "out.json"
    words = ("grade", "class", "--student", "ada", "--store", "none", "--json", str(path))
    assert here(course, monkeypatch, capsys, *words)[0] == 0
    settings.write_text(plain)
    report = json.loads(path.read_text())
    assert "not graded on cuda, which course.toml names" in report["notes"]
    assert report["submissions"][0]["points"] == 6


def test_a_gpu_is_seen_by_the_drivers_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    (tmp_path / "nvidiactl").touch()
    assert not has_cuda(tmp_path)
    (tmp_path / "nvidia0").touch()
    assert has_cuda(tmp_path)
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")
    assert not has_cuda(tmp_path)
