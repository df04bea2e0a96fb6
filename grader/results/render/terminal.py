"""The report as a person reads it in a terminal, with colours or without."""

from __future__ import annotations

import dataclasses
import io
import os
import shutil
import sys

from rich.console import Console, Group, RenderableType
from rich.text import Text

from grader.records.text.clean import clean, disarm
from grader.records.text.saying import say
from grader.results.render import classroom, detail
from grader.results.render.words import count, duration, lockdown
from grader.results.report import Report


@dataclasses.dataclass(frozen=True)
class Options:
    """What the terminal can do and the reader wants."""

    width: int
    colour: bool
    unicode: bool
    brief: bool
    """Only the tables, no explanations."""
    next_steps: bool
    """Whether to name the commands that a student would run next."""


def render(
    report: Report,
    *,
    brief: bool = False,
    width: int | None = None,
    colour: bool | None = None,
    unicode: bool | None = None,
    next_steps: bool = True,
) -> str:
    """Return the report for a terminal: one student's work in detail, several students' as a class.

    What is None is found out: the width from the terminal (80 in a pipe), colours only on a terminal and without
    NO_COLOR, Unicode signs where stdout can encode them.
    """
    options = Options(
        width=min(shutil.get_terminal_size((80, 24)).columns if width is None else width, 120),
        colour=_wants_colour() if colour is None else colour,
        unicode=_writes_unicode() if unicode is None else unicode,
        brief=brief,
        next_steps=next_steps,
    )
    if len({submission.student for submission in report.submissions}) > 1:
        parts = classroom.parts(report, options.width, options.unicode)
    else:
        parts = [
            part
            for submission in report.submissions
            for part in detail.parts(submission, options.unicode, options.brief, options.next_steps)
        ]
    text = _print(Group(*parts, _last_line(report, options.unicode)), options)
    return text if options.unicode else text.encode("ascii", "backslashreplace").decode()


def _last_line(report: Report, unicode: bool) -> Text:
    dot = " · " if unicode else " - "
    parts = [count(len(report.submissions), "submission")]
    if report.seconds:
        parts[0] += say(" in {time}", time=duration(report.seconds))
    parts.append(lockdown(report))
    parts += [f"{name} {version}" for name, version in report.versions.items() if name in ("torch", "grader")]
    line = Text(clean(dot.join(parts), 500, newlines=False), style="dim")
    if not report.complete:
        line = Text(say("Stopped before the end: what follows was not graded.") + "\n", style="bold yellow") + line
    return line


def _print(content: RenderableType, options: Options) -> str:
    console = Console(
        file=io.StringIO(),
        width=options.width,
        force_terminal=options.colour,
        color_system="standard" if options.colour else None,
        no_color=not options.colour,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        safe_box=True,
    )
    with console.capture() as capture:
        console.print(content, crop=False)
    lines = capture.get().split("\n")
    # Wrapping may have brought to a line's beginning what was harmless in its middle.
    return disarm("\n".join(line if options.colour else line.rstrip() for line in lines))


def _wants_colour() -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _writes_unicode() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") in ("utf8", "utf16", "utf32")
