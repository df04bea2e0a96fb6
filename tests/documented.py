"""Reads what the documentation tells people to type, and does it: the same commands, files and results.

A block of `console` holds lines that begin with `$ `, each with what it shows. Comments before a block tell what a
reader does not see:

    <!-- exits with 1 -->           its last command does, not with 0
    <!-- not run: why -->           it needs what a test has not
    <!-- as in PAGE -->             it is run there: its lines stand in that page, in this order
    <!-- write: PATH -->            the block is that file's text; with text of its own, the comment is
    <!-- append: PATH -->           the block is what is added to that file
    <!-- run: COMMAND -->           done without being shown
    <!-- folder: PATH -->           go there, from the folder of all pages
"""

from __future__ import annotations

import contextlib
import dataclasses
import io
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from grader.commands import cli

_PARTS = re.compile(
    r"^<!-- (?P<order>.*?)-->$|^(?P<fence>```+)(?P<kind>[^\n]*)\n(?P<text>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL
)
_ORDER = re.compile(r"(exits with|not run|as in|write|append|run|folder):? ([^\n]*)\n?(.*)", re.DOTALL)
_VARYING = (
    (re.compile(r"[<~]?\d+(\.\d+)? (ms|s)\b"), "some time"),
    (re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?([+-]\d\d:?\d\d|Z)?"), "some day"),
    (re.compile(r"grader \d\S*"), "grader"),
    (re.compile(r"torch \d\S*"), "torch"),
    (re.compile(r"\b[0-9a-f]{8,}\b"), "some hash"),
    (re.compile(r"sandbox \w+"), "sandbox"),
    (re.compile(r"[─━═╌]{3,}"), "---"),
    (re.compile(r"\s+"), " "),
)


@dataclasses.dataclass
class Command:
    """A line that somebody types, and what the page shows of its output."""

    line: str
    shown: list[str]
    code: int = 0


@dataclasses.dataclass
class Step:
    """One thing that a page does: `what` is "console", "skipped", "repeated" or an order."""

    what: str
    argument: str
    text: str
    commands: list[Command]
    start: int
    """Where the block's text begins in the page."""


def steps(page: str) -> list[Step]:
    """Return what a page does, in its order."""
    found: list[Step] = []
    orders: list[tuple[str, str]] = []
    for match in _PARTS.finditer(page):
        if match["order"] is not None:
            order = _ORDER.fullmatch(match["order"].strip())
            if order is None:
                continue  # a comment for whoever reads the source
            what, argument, text = order.group(1), order.group(2).strip(), order.group(3)
            if what in ("run", "folder") or (what == "write" and text):
                found.append(Step(what, argument, text, [], match.start()))
            else:
                orders.append((what, argument))
            continue
        found += _of_block(match, dict(orders))
        orders = []
    return found


def _of_block(match: re.Match[str], orders: dict[str, str]) -> list[Step]:
    text, start = match["text"], match.start("text")
    files = [Step(what, name, text, [], start) for what, name in orders.items() if what in ("write", "append")]
    if match["kind"] != "console":
        return files
    commands: list[Command] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            commands.append(Command(line[2:], []))
        elif commands:
            commands[-1].shown.append(line)
    commands[-1].code = int(orders.get("exits with", "0"))
    for order, what in (("not run", "skipped"), ("as in", "repeated")):
        if order in orders:
            return [*files, Step(what, orders[order], text, commands, start)]
    return [*files, Step("console", "", text, commands, start)]


@dataclasses.dataclass
class Terminal:
    """Where the pages' commands are done, one after another: a folder, and what the last one printed."""

    root: Path
    folder: Path
    said: str = ""

    def do(self, step: Step) -> list[str]:
        """Do one step and return what is wrong: an exit code, or lines that were not said."""
        if step.what == "folder":
            self.folder = self.root / step.argument
            self.folder.mkdir(parents=True, exist_ok=True)
        elif step.what in ("write", "append"):
            path = self.folder / step.argument
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("a" if step.what == "append" else "w", encoding="utf-8") as file:
                file.write(("\n\n" if step.what == "append" else "") + step.text)
        elif step.what == "run":
            return self.type(Command(step.argument, []))
        elif step.what == "console":
            return [wrong for command in step.commands for wrong in self.type(command)]
        return []

    def type(self, command: Command) -> list[str]:
        """Run one line, and return what is not as the page shows it."""
        line = command.line.partition("   #")[0].strip()
        if line.startswith("cd "):
            self.folder = (self.folder / line[3:]).resolve()
            return [] if self.folder.is_dir() else [f"{line}: is not there"]
        code, self.said = self._grader(line) if line.startswith("grader ") else self._shell(line)
        if code != command.code:
            return [f"{line}: exits with {code} and not {command.code}:\n{self.said}"]
        missing = not_said(command.shown, self.said)
        return [f"{line}: does not say {missing!r} there, but:\n{self.said}"] if missing else []

    def _grader(self, line: str) -> tuple[int, str]:
        """Run the command line in this process, which has torch loaded already."""
        said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            code = cli.run(shlex.split(line)[1:])
        said.seek(0)
        return code, said.read()

    def _shell(self, line: str) -> tuple[int, str]:
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "-c", line], cwd=self.folder, env={**os.environ, "PATH": path}, capture_output=True, text=True
        )
        return done.returncode, done.stdout + done.stderr


def plain(line: str) -> str:
    """Return a line without what differs from run to run.

    >>> plain("5 submissions in 12.5 s · sandbox strong · grader 0.1.0 · torch 2.15.0")
    '5 submissions in some time · sandbox · grader · torch'
    """
    for pattern, word in _VARYING:
        line = pattern.sub(word, line)
    return line.strip()


def not_said(shown: list[str], said: str) -> str:
    """Return the first line that a page shows and a command did not say, in that order; "" when all is there.

    >>> not_said(["one", "...", "three"], "one\\ntwo\\nthree\\n"), not_said(["two", "one"], "one\\ntwo\\n")
    ('', 'one')
    """
    lines = iter([plain(line) for line in said.splitlines()])
    for line in shown:
        wanted = plain(line)
        if wanted and wanted != "..." and wanted not in lines:
            return line
    return ""


def not_repeated(step: Step, page: str) -> str:
    """Return the first line of a block that does not stand in the commands of the page that it comes from."""
    there = [line for one in steps(page) if one.what == "console" for line in one.text.splitlines()]
    return not_said(step.text.splitlines(), "\n".join(there))


def renewed(page: str, step: Step, said: dict[int, str]) -> str:
    """Return a page in which a block shows what its commands said (by their number), where it showed all of it."""
    lines: list[str] = []
    for number, command in enumerate(step.commands):
        whole = command.shown and "..." not in command.shown and number in said
        lines += [f"$ {command.line}", *(said[number].strip("\n").splitlines() if whole else command.shown)]
    text = "\n".join(line.rstrip() for line in lines) + "\n"
    return page.replace(step.text, text, 1)
