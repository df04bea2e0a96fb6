"""Draw the documentation's pictures, from the program as it is: `python -m docs.draw [FOLDER]`.

The sample course is written, built and answered; commands run in a terminal of their own, whose colours become SVG;
the screen of `grader watch` is Textual's own screenshot. Nothing in a picture is loaded from elsewhere.
"""

from __future__ import annotations

import asyncio
import io
import os
import pty
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.text import Text

from grader.publishing.sample import write_sample

PICTURES = Path(__file__).parent / "pictures"
WIDTH = 92
WRONG = "return q @ k.T"
_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def main() -> None:
    """Draw all pictures into docs/pictures, or into a folder that is named."""
    into = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder) / "sample"
        write_sample(course)
        in_terminal("grader build", course)
        module = course / "assignments" / "attention" / "attention.py"
        before, name, after = module.read_text(encoding="utf-8").partition("def scores")
        module.write_text(before + name + after.replace("raise NotImplementedError", WRONG, 1), encoding="utf-8")
        draw(into / "check.svg", "grader check attention.scores", course)
        draw(into / "mutants.svg", "grader doctor attention --mutants", course)
        write(into / "watch.svg", asyncio.run(watched(course)))


def in_terminal(line: str, folder: Path) -> str:
    """Run a command in a terminal of its own and return what it wrote, colours included."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(WIDTH), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    environment.pop("NO_COLOR", None)
    words = [str(Path(sys.executable).with_name("grader")), *line.split()[1:]]
    with subprocess.Popen(words, cwd=folder, stdin=theirs, stdout=theirs, stderr=subprocess.DEVNULL, env=environment):
        os.close(theirs)
        said = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # Linux says so when the other side is closed
                break
            if not part:
                break
            said += part
    os.close(ours)
    return said.decode("utf-8").replace("\r\n", "\n")


def draw(path: Path, line: str, folder: Path) -> None:
    """Draw what a command shows, with the command above it."""
    console = Console(width=WIDTH, record=True, file=io.StringIO(), force_terminal=True)
    console.print(f"[bold]$ {line}[/]")
    console.print(Text.from_ansi(in_terminal(line, folder).strip("\n")))
    write(path, console.export_svg(title=line, unique_id=path.stem))


async def watched(course: Path) -> str:
    """Return the screen of `grader watch` after its first check."""
    from grader.course.settings import load_course
    from grader.integrations.watch.focus import Focus
    from grader.integrations.watch.screen import WatchApp

    names = tuple(f"attention.{name}" for name in ("row_means", "scores", "weighted", "Scale"))
    with Focus(load_course(course), names, "attention.scores") as focus:
        app = WatchApp(focus)
        async with app.run_test(size=(WIDTH, 28)) as pilot:
            latest = time.monotonic() + 60
            while app.checks < 1 and time.monotonic() < latest:
                await pilot.pause(0.1)
            await pilot.pause(0.5)
            shown = app.export_screenshot(title="grader watch")
        app.stop()
        return shown


def write(path: Path, svg: str) -> None:
    """Write a picture without the fonts that it would load from elsewhere: the reader's own serve."""
    path.write_text(_FONTS.sub("", svg).replace("Fira Code", "monospace"), encoding="utf-8")


if __name__ == "__main__":
    main()
