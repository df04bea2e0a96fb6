"""Watching on a screen with keys, by Textual: one exercise, what is wrong with it, and how far the course is."""

from __future__ import annotations

import contextlib
import contextvars
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import ClassVar

from rich.console import Group, RenderableType
from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Footer, OptionList, ProgressBar, Static
from textual.widgets.option_list import Option

from grader.integrations.watch.changes import signature, wait_for_save
from grader.integrations.watch.focus import Checked, Focus
from grader.integrations.watch.opening import editor_command
from grader.records.text.saying import say
from grader.results.render.detail import explanation
from grader.results.render.exercise import exercise_text

MARKS = {True: ("✓", "bold green"), False: ("○", "dim")}


class ExerciseList(ModalScreen[str | None]):
    """All exercises; choosing one puts it in focus."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,l,q", "dismiss(None)", say("Back"))]
    CSS = "ExerciseList { align: center middle; } OptionList { width: 60; max-height: 90%; }"

    def __init__(self, focus: Focus) -> None:
        super().__init__()
        self._exercises, self._left, self._current = focus.exercises, set(focus.left), focus.current

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        options = []
        for name in self._exercises:
            mark, style = MARKS[name not in self._left]
            options.append(Option(Text.assemble((f"{mark} ", style), name), id=name))
        yield OptionList(*options)

    def on_mount(self) -> None:
        """Begin at the exercise in focus."""
        self.query_one(OptionList).highlighted = self._exercises.index(self._current)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to the one that was chosen."""
        self.dismiss(event.option.id)


class WatchApp(App[None]):
    """The screen. A thread of its own checks, so that keys answer at once."""

    TITLE = "grader watch"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "move(1)", say("Next")),
        Binding("p", "move(-1)", say("Previous")),
        Binding("h", "hint", say("Hint")),
        Binding("l", "list", say("List")),
        Binding("o", "open", say("Open")),
        Binding("r", "again", say("Check again")),
        Binding("q", "quit", say("Quit")),
    ]
    CSS = """
    #heading { padding: 0 1; height: auto; background: $panel; }
    #progress { padding: 0 1; }
    #report { padding: 1 1; height: auto; }
    #hint { padding: 0 1; height: auto; color: $accent; }
    """

    def __init__(self, focus: Focus) -> None:
        super().__init__()
        self.watched = focus
        self.checks = 0
        """How many checks were shown."""
        self._stopped = threading.Event()
        self._moved = threading.Event()
        context = contextvars.copy_context()  # the language in force is kept in it
        self._thread = threading.Thread(target=context.run, args=(self._watch,), name="watch", daemon=True)

    def compose(self) -> ComposeResult:
        """Lay out the screen."""
        yield Static(id="heading")
        yield ProgressBar(total=len(self.watched.exercises), show_eta=False, id="progress")
        with VerticalScroll():
            yield Static(id="report")
            yield Static(id="hint")
        yield Footer()

    def on_mount(self) -> None:
        """Begin to watch."""
        self._show_heading(say("checking"))
        self._thread.start()

    def stop(self) -> None:
        """End the thread that checks."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()

    def _watch(self) -> None:
        while not self._stopped.is_set():
            self._moved.clear()
            folder = self.watched.folder
            before = signature(folder)
            checked = self.watched.check()
            if self._moved.is_set() or self._stopped.is_set():
                continue
            with contextlib.suppress(RuntimeError):  # the screen was left meanwhile
                self.call_from_thread(self._show, checked)
            wait_for_save(folder, before, lambda: self._moved.is_set() or self._stopped.is_set())

    def _show(self, checked: Checked) -> None:
        self.checks += 1
        if checked.exercise != self.watched.current:
            return
        self._show_heading(checked.source)
        report = self.query_one("#report", Static)
        report.update(report_of(checked, self._coming()))

    def _coming(self) -> str | None:
        return next((name for name in self.watched.left if name != self.watched.current), None)

    def _show_heading(self, source: str) -> None:
        heading = Text.assemble((self.watched.current, "bold"), f"  {source}")
        self.query_one("#heading", Static).update(heading)
        done = len(self.watched.exercises) - len(self.watched.left)
        self.query_one(ProgressBar).update(progress=done)

    def _turn(self) -> None:
        """Show that another exercise is in focus, or the same once more, and let the thread check it."""
        self.query_one("#report", Static).update("")
        self.query_one("#hint", Static).update("")
        self._show_heading(say("checking"))
        self._moved.set()

    def action_move(self, step: int) -> None:
        """Put the next or the previous exercise in focus."""
        self.watched.move(step)
        self._turn()

    def action_again(self) -> None:
        """Check the same exercise again."""
        self._turn()

    def action_hint(self) -> None:
        """Show the next hint."""
        self.query_one("#hint", Static).update(self.watched.hint() or say("There is no hint for this exercise."))

    def action_list(self) -> None:
        """Show all exercises."""

        def chosen(name: str | None) -> None:
            if name is not None and name != self.watched.current:
                self.watched.current = name
                self._turn()

        self.push_screen(ExerciseList(self.watched), chosen)

    def action_open(self) -> None:
        """Open the answer in an editor."""
        path = self.watched.answer()
        if path is None:
            self.notify(say("There is no file to open."), severity="warning")
            return
        self.open_in_editor(path)

    def open_in_editor(self, path: Path) -> None:
        """Open a file, in this terminal where the editor needs one."""
        command, takes_terminal = editor_command(path, os.environ, sys.platform)
        try:
            if takes_terminal:
                with self.suspend():
                    subprocess.run(command, check=False)
                self.refresh(layout=True)
            else:
                subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        except OSError as error:
            self.notify(
                say("{program} cannot be started: {error}", program=command[0], error=error.strerror), severity="error"
            )


def report_of(checked: Checked, coming: str | None) -> RenderableType:
    """Return what is shown of a check, and what to do next."""
    lines: list[RenderableType] = [Text(note, style="yellow") for note in checked.notes]
    if checked.report is None:
        lines.append(Text(checked.problem, style="red"))
    elif checked.passed:
        lines.append(Text(exercise_text(checked.report), style="bold green"))
        then = say("Press n to go on, next comes {exercise}.", exercise=coming) if coming else say("All of it passes.")
        lines.append(Text(f"\n{then}"))
    else:
        lines += explanation(checked.report, True, False)
        stuck = say("Save to check again. Stuck? Press h for a hint.")
        lines.append(Text(stuck if checked.report.hints else say("Save to check again."), style="dim"))
    return Group(*lines)


def watch_on_screen(focus: Focus) -> None:
    """Run the screen until it is left."""
    app = WatchApp(focus)
    try:
        app.run()
    finally:
        app.stop()
