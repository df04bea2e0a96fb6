"""`grader watch` in plain lines: saves of every kind are seen, one exercise is in focus, the next follows."""

from __future__ import annotations

import os
import re
import select
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from grader.commands.cli import run
from grader.commands.watch import wanted
from grader.course.settings import Course, load_course
from grader.integrations.watch.changes import signature, wait_for_save
from grader.integrations.watch.focus import Focus
from grader.integrations.watch.plain import watch_plainly
from grader.records.errors import UsageError
from tests.courses import write

ROOT = Path(__file__).resolve().parents[3]
SETTINGS = 'format = 1\nid = "x"\ntitle = "X"\n[[assignments]]\nname = "einsum"\npoints = 17\n'
TRACE = 'import torch\n\n\ndef trace(x):\n    return torch.einsum("ii->{}", x)\n'


@pytest.fixture
def course(tmp_path: Path) -> Course:
    folder = tmp_path / "assignments/einsum"
    shutil.copytree(ROOT / "assignments/einsum", folder, ignore=shutil.ignore_patterns("__pycache__", "*.ipynb"))
    write(tmp_path / "course.toml", SETTINGS)
    write(folder / "einsum.py", TRACE.format("i"))
    return load_course(tmp_path)


def replaced(path: Path, text: str) -> None:
    """Save as many editors do: move the file away, write another, remove the first."""
    path.rename(path.with_name("einsum.py~"))
    time.sleep(0.1)
    os.replace(write(path.with_name(".new"), text), path)
    path.with_name("einsum.py~").unlink()


def test_every_save_is_checked_and_the_next_exercise_follows(course: Course) -> None:
    answer = course.assignment_folder("einsum") / "einsum.py"
    edits = {
        "got (": lambda: write(answer, "def trace(x:\n"),
        "was never closed": lambda: replaced(answer, TRACE.format("i, i")),
        "RuntimeError": lambda: write(answer, TRACE.format("")),
        "Next: einsum.total": lambda: write(answer, TRACE.format("") + "\n\ndef total(x):\n    return x.sum()\n"),
    }
    waiting, told = list(edits), []

    def tell(line: str) -> None:
        told.append(line)
        if waiting and waiting[0] in line:
            threading.Timer(0.1, edits[waiting.pop(0)]).start()

    latest = time.monotonic() + 30
    with Focus(course, ("einsum.trace", "einsum.total")) as focus:
        watch_plainly(focus, tell, lambda: (not waiting and "torch.einsum" in told[-2]) or time.monotonic() > latest)
    text = "\n".join(told)
    assert waiting == [], text
    assert "1/2 exercises" in text
    assert "torch.einsum" in text, "total is right, but not by what it needs"
    assert "einsum.transpose" not in text, "no other exercise is told of"
    kept = Focus(course, ("einsum.trace", "einsum.total"))
    assert (kept.current, kept.left) == ("einsum.total", ("einsum.total",)), "the next start goes on there"


def test_a_file_that_is_replaced_is_waited_for_and_one_that_stays_away_is_gone(tmp_path: Path) -> None:
    path = write(tmp_path / "einsum.py", "1")
    before = signature(tmp_path)
    assert wait_for_save(tmp_path, before, lambda: True) is None
    path.rename(tmp_path / "kept")
    timer = threading.Timer(0.3, lambda: write(path, "2"))
    timer.start()
    after = wait_for_save(tmp_path, before, lambda: False)
    assert after is not None
    assert [name for name, *_ in after] == ["einsum.py"]
    path.unlink()
    assert wait_for_save(tmp_path, after, lambda: False) == ()
    assert signature(tmp_path / "nowhere") == ()


def test_words_say_what_to_watch(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    every, begin = wanted(course, None)
    assert (len(every), begin) == (17, None)
    assert wanted(course, "einsum") == (every, None)
    assert wanted(course, "einsum.trace") == (every, "einsum.trace")
    assert run(["watch", "einsum.trase", "--course", str(course.root)]) == 2
    assert "there is no exercise 'einsum.trase'" in capsys.readouterr().err
    with pytest.raises(UsageError, match="there is no exercise to watch"):
        Focus(course, ())


def test_next_and_previous_go_around(course: Course) -> None:
    focus = Focus(course, ("einsum.trace", "einsum.total", "einsum.dot"))
    assert [focus.move(1), focus.move(1), focus.move(1), focus.move(-1)] == [
        "einsum.total",
        "einsum.dot",
        "einsum.trace",
        "einsum.dot",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
def test_in_a_terminal_there_is_a_screen_with_keys(course: Course) -> None:
    import pty

    pytest.importorskip("textual", reason="the extra `watch` is not installed")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "grader", "watch", "einsum.trace", "--course", str(course.root)]
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "90", "LINES": "30"}
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        try:
            read_until(ours, "expected shape ()")
            write(course.assignment_folder("einsum") / "einsum.py", TRACE.format(""))
            read_until(ours, "Press n to go on")
            os.write(ours, b"q")
            read_until(ours, None)
            assert process.wait(20) == 0
        finally:
            process.kill()
    os.close(ours)


def read_until(terminal: int, text: str | None) -> None:
    """Read a terminal until it has shown a text, or, for None, until it is closed; not for more than two minutes."""
    seen, until = "", time.monotonic() + 120
    while text is None or text not in seen:
        ready, _, _ = select.select([terminal], [], [], until - time.monotonic())
        assert ready, f"{text!r} was not shown in time: {seen}"
        try:
            more = os.read(terminal, 65536)
        except OSError:  # Linux's way to say that the other end is closed
            more = b""
        if not more:
            assert text is None, seen
            return
        seen = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", seen + more.decode(errors="replace"))
