"""How far a grading is, on standard error: a bar while it runs, and a word when it is interrupted."""

from __future__ import annotations

import contextlib
import shlex
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import typer

from grader.records.text.clean import clean

if TYPE_CHECKING:
    from grader.judging.driver import Run
    from grader.judging.schedule import Graded


class ProgressBar:
    """Shows how far a run is, in a terminal only, and counts. A sink; use it as a context manager."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._open_bar = contextlib.ExitStack()
        self._advance: Callable[[], None] = lambda: None
        self._known = 0
        self._started = 0.0
        self.count = 0
        """Submissions that will come."""
        self.done = 0
        """Submissions that came."""

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(self, *error: object) -> None:
        self._open_bar.close()

    def begin(self, run: Run) -> None:
        """Show the bar, where somebody looks and there is something to wait for."""
        self.count, self._known, self._started = run.count, run.known, time.monotonic()
        for note in run.notes:
            typer.echo(f"note: {clean(note, 500)}", err=True)
        if self._quiet or run.count - run.known < 2 or not sys.stderr.isatty():
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[pace]}"))
        bar = self._open_bar.enter_context(Progress(*columns, console=Console(stderr=True), transient=True))
        task = bar.add_task("grading", total=run.count, pace="")
        self._advance = lambda: bar.update(task, completed=self.done, pace=self._pace())

    def add(self, graded: Graded, place: int) -> None:
        """Count a submission."""
        self.done += 1
        self._advance()

    def _pace(self) -> str:
        return pace(self.done - self._known, self.count - self.done, time.monotonic() - self._started)


def pace(done: int, left: int, seconds: float) -> str:
    """Return how fast submissions are graded and how long the rest will take; what was known does not count.

    >>> pace(10, 30, 20.0), pace(0, 30, 0.1), pace(2, 5000, 60.0)
    ('30 a minute, 1 min left', '', '2 a minute, 41 h 40 min left')
    """
    if done <= 0 or seconds <= 0:
        return ""
    rate = done / seconds
    minutes = round(left / rate / 60)
    hours = f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"
    time_left = hours if minutes else f"{round(left / rate)} s"
    return f"{rate * 60:.0f} a minute, {time_left} left"


@contextlib.contextmanager
def explain_interruption(bar: ProgressBar, kept: bool) -> Iterator[None]:
    """Say, after Ctrl-C, how many are done and what to type to go on."""
    try:
        yield
    except KeyboardInterrupt:
        where = "graded and kept" if kept else "graded; nothing is kept with --store none"
        message = f"{bar.done} of {bar.count} submissions are {where}." if bar.count else "Nothing was graded yet."
        typer.echo(f"\n{message}", err=True)
        if kept:
            typer.echo(f"To go on:  {again()}", err=True)
        raise


def again(words: list[str] | None = None) -> str:
    """Return the command line that goes on from here: this one, without what would begin anew.

    >>> again(["grade", "my class", "--force", "-q"])
    "grader grade 'my class' -q"
    """
    given = sys.argv[1:] if words is None else words
    return shlex.join(["grader", *(word for word in given if word != "--force")])
