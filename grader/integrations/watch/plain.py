"""Watching in plain lines: for a terminal without a screen, a pipe, a log."""

from __future__ import annotations

import time
from collections.abc import Callable

from grader.integrations.watch.changes import signature, wait_for_save
from grader.integrations.watch.focus import Checked, Focus
from grader.records.text.saying import say
from grader.results.render.exercise import exercise_text

BAR = 30


def watch_plainly(focus: Focus, tell: Callable[[str], None], stopped: Callable[[], bool] = lambda: False) -> None:
    """Check the exercise in focus on every save and tell what came, until all pass or `stopped` says so."""
    tell(say("Watching {folder}. Save to check again, Ctrl-C ends.", folder=focus.folder))
    notes: tuple[str, ...] = ()
    while not stopped():
        before, folder = signature(focus.folder), focus.folder
        started = time.monotonic()
        checked = focus.check()
        for line in lines(focus, checked, time.monotonic() - started, notes):
            tell(line)
        notes = checked.notes
        if checked.passed:
            if focus.advance() is None:
                tell(say("All of it passes."))
                return
            tell(say("Next: {exercise}", exercise=focus.current))
            continue
        if wait_for_save(folder, before, stopped) is None:
            return


def lines(focus: Focus, checked: Checked, seconds: float, before: tuple[str, ...] = ()) -> list[str]:
    """Return what is told of a check: the file, notes that are new, what is wrong, how far the course is."""
    notes = [note for note in checked.notes if note not in before]
    lines = ["", f"{checked.exercise}  {checked.source}  ({seconds:.1f} s)", *notes]
    lines.append(checked.problem if checked.report is None else exercise_text(checked.report))
    return [*lines, bar(len(focus.exercises) - len(focus.left), len(focus.exercises))]


def bar(done: int, count: int, width: int = BAR) -> str:
    """Return a progress bar without colours.

    >>> bar(1, 4, 8)
    '##...... 1/4 exercises'
    """
    filled = done * width // count
    text = say("{done}/{all} exercises", done=done, all=count)
    return f"{'#' * filled}{'.' * (width - filled)} {text}"
