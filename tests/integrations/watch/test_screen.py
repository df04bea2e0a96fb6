"""The screen of `grader watch`, headless; checks come from a table, so that no torch is needed."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from rich.console import Console
from textual.pilot import Pilot
from textual.widgets import Static

from grader.course.settings import load_course
from grader.integrations.watch.focus import Checked, Focus
from grader.integrations.watch.opening import editor_command
from grader.integrations.watch.screen import WatchApp
from grader.records.findings import Finding
from grader.records.verdict import Outcome, decide
from grader.results.report import submission_report
from tests.courses import write, write_course

NAMES = ("one.double", "one.triple", "one.half")
WRONG = Finding(kind="shape", must=True, message="expected shape (), got (1,)", counterexample="x = torch.tensor([1.])")

Act = Callable[[WatchApp, Pilot[None]], Awaitable[None]]


class Given(Focus):
    """A focus whose checks are what the answer's first line says."""

    def check(self) -> Checked:
        exercise = self.current
        words = (self.folder / "one.py").read_text(encoding="utf-8").split()
        if words == ["broken"]:
            return Checked(exercise, None, problem="course.toml has 1 problem")
        outcome: Outcome = "passed" if exercise.partition(".")[2] in words else "failed"
        findings = () if outcome == "passed" else (WRONG,)
        verdict = decide(exercise, outcome, 1.0, examples=3, findings=findings, hints=("Twice.", "x + x"))
        report = submission_report("you", "one", "one.py", [verdict])
        self._remember(report.exercises[0], "one.py")
        return Checked(exercise, report.exercises[0], "one.py")


def on_screen(root: Path, act: Act) -> None:
    write_course(root, "one")
    checks = root / "assignments/one/checks.py"
    write(checks, checks.read_text().replace("points=1", 'points=1, hints=["Twice.", "x + x"]'))
    write(root / "assignments/one/one.py", "nothing")
    app = WatchApp(Given(load_course(root), NAMES))

    async def play() -> None:
        async with app.run_test(size=(90, 30)) as pilot:
            await until(pilot, lambda: app.checks > 0)
            await act(app, pilot)

    try:
        asyncio.run(play())
    finally:
        app.stop()


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    latest = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < latest, shown(pilot.app)
        await pilot.pause(0.02)


def shown(app: object) -> str:
    """Return the texts on the screen."""
    assert isinstance(app, WatchApp)
    console = Console(width=90, record=True, file=open(os.devnull, "w"))  # noqa: SIM115 - closed with the console
    for name in ("#heading", "#report", "#hint"):
        console.print(app.query_one(name, Static).content)
    return console.export_text()


def test_saves_are_shown_and_keys_move_on(tmp_path: Path) -> None:
    async def act(app: WatchApp, pilot: Pilot[None]) -> None:
        assert "expected shape (), got (1,)" in shown(app)
        assert "Press h for a hint" in shown(app)
        write(tmp_path / "assignments/one/one.py", "double")
        await until(pilot, lambda: "Press n to go on, next comes one.triple." in shown(app))
        await pilot.press("n")
        await until(pilot, lambda: "✗ one.triple" in shown(app))
        assert "double" not in shown(app)
        await pilot.press("p", "p")
        await until(pilot, lambda: "✗ one.half" in shown(app))
        write(tmp_path / "assignments/one/one.py", "double triple half")
        await until(pilot, lambda: "next comes one.triple" in shown(app))
        await pilot.press("p")
        await until(pilot, lambda: "All of it passes." in shown(app))

    on_screen(tmp_path, act)


def test_hints_come_one_at_a_time_and_are_counted(tmp_path: Path) -> None:
    async def act(app: WatchApp, pilot: Pilot[None]) -> None:
        await pilot.press("h")
        assert "Hint 1 of 2: Twice." in shown(app)
        await pilot.press("h", "h")
        assert "Hint 2 of 2: x + x" in shown(app)
        assert app.watched.progress.hints == {"one.double": 2}

    on_screen(tmp_path, act)


def test_the_list_puts_another_exercise_in_focus(tmp_path: Path) -> None:
    async def act(app: WatchApp, pilot: Pilot[None]) -> None:
        await pilot.press("l")
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: "✗ one.half" in shown(app))
        await pilot.press("l", "escape")
        assert app.watched.current == "one.half"

    on_screen(tmp_path, act)


def test_the_answer_is_opened_and_what_cannot_be_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(WatchApp, "open_in_editor", lambda app, path: opened.append(path))

    async def act(app: WatchApp, pilot: Pilot[None]) -> None:
        await pilot.press("o")
        assert opened == [tmp_path / "assignments/one/one.py"]
        write(tmp_path / "assignments/one/one.py", "broken")
        await until(pilot, lambda: "course.toml has 1 problem" in shown(app))
        await pilot.press("q")

    on_screen(tmp_path, act)


def test_the_editor_is_the_one_that_a_student_uses() -> None:
    path = Path("a.py")
    inside = {"TERM_PROGRAM": "vscode", "EDITOR": "vim"}
    assert editor_command(path, inside, "linux", lambda name: "/bin/code") == (
        ["/bin/code", "--reuse-window", "a.py"],
        False,
    )
    assert editor_command(path, inside, "linux", lambda name: None) == (["vim", "a.py"], True)
    assert editor_command(path, {}, "win32", lambda name: None) == (["cmd", "/c", "start", "", "a.py"], False)
    assert editor_command(path, {}, "linux", lambda name: None) == (["xdg-open", "a.py"], False)
