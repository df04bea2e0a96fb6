"""`grader doctor --student`: whether a student's machine and folder are in order, or what to type to mend it."""

from __future__ import annotations

import dataclasses
import importlib.metadata
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from grader.records.text.saying import say

if TYPE_CHECKING:
    from grader.course.settings import Course

TOO_OLD = (3, 11)
_IMPORT = "import torch; print(torch.__version__, 'cuda' if torch.cuda.is_available() else 'cpu')"
_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)(?:\[[^\]]*\])?\s*(?P<bounds>[<>=!~\d.,\s*]*)(?P<marker>;.*)?")


@dataclasses.dataclass(frozen=True)
class Condition:
    """One thing that checking needs: whether it holds, and if not, what to do."""

    ok: bool
    what: str
    mend: str = ""


def show_student_machine(named: Path | None) -> bool:
    """Print every condition as it is found out, and return whether all hold."""
    from rich.console import Console
    from rich.markup import escape

    console = Console(highlight=False)
    right = True
    for one in conditions(named):
        right = right and one.ok
        word = say("ok") if one.ok else say("wrong")
        mark = f"[green]{word}[/]   " if one.ok else f"[red]{word}[/]"
        console.print(f"{mark} {escape(one.what)}", soft_wrap=True)
        if one.mend:
            console.print(f"      {escape(one.mend)}", soft_wrap=True)
    typer.echo(say("All is in order.") if right else say("Mend the first thing that is wrong, then run this again."))
    return right


def conditions(named: Path | None) -> Iterator[Condition]:
    """Yield what checking needs, in the order in which to mend it; what cannot be asked before that is left out."""
    from grader.course.settings import find_course, load_course
    from grader.records.errors import GraderError

    yield python_condition(sys.version_info[:3])
    yield from package_conditions()
    yield torch_condition()
    try:
        course = load_course(named if named is not None else find_course(Path.cwd()))
    except GraderError as error:
        yield Condition(False, error.message, error.hint or "")
        return
    wrong = False
    for one in folder_conditions(course):
        wrong = wrong or not one.ok
        yield one
    if not wrong:
        yield check_condition(course)


def python_condition(version: tuple[int, ...]) -> Condition:
    """Say whether this Python is new enough.

    >>> python_condition((3, 9, 2)).ok
    False
    """
    found = say("Python {version} at {path}", version=".".join(map(str, version)), path=sys.executable)
    if version >= TOO_OLD:
        return Condition(True, found)
    needed = say("{python}: 3.11 or newer is needed", python=found)
    return Condition(False, needed, say("Install it from {url}", url="https://www.python.org/downloads/"))


def package_conditions() -> Iterator[Condition]:
    """Yield whether each library is there in a version that fits."""
    from grader.course.setup_cell import DISTRIBUTION

    for line in importlib.metadata.requires(DISTRIBUTION) or ():
        found = _REQUIREMENT.match(line)
        if found is None or found["marker"]:
            continue  # a library of an extra, which students do without
        yield library_condition(found["name"], found["bounds"].replace(" ", ""))


def library_condition(name: str, bounds: str) -> Condition:
    """Say whether a library is installed in a version within bounds such as ">=2.14,<2.16"."""
    type_this = _type(f'"{name}{bounds}"')
    try:
        version = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return Condition(False, say("{name} is not installed", name=name), type_this)
    if not within(version, bounds):
        message = say("{name} {version} is installed, {bounds} is needed", name=name, version=version, bounds=bounds)
        return Condition(False, message, type_this)
    return Condition(True, f"{name} {version}")


def within(version: str, bounds: str) -> bool:
    """Say whether a version lies within bounds; bounds of other kinds than `>=` and `<` are taken to hold.

    >>> within("2.15.0+cpu", ">=2.14,<2.16"), within("2.9", ">=2.14,<2.16")
    (True, False)
    """
    found = _numbers(version)
    for bound in filter(None, bounds.split(",")):
        if bound.startswith(">=") and found < _numbers(bound[2:]):
            return False
        if bound.startswith("<") and not bound.startswith("<=") and found >= _numbers(bound[1:]):
            return False
    return True


def _numbers(version: str) -> tuple[int, ...]:
    numbers = [int(part) for part in re.findall(r"\d+", version.partition("+")[0])]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def torch_condition() -> Condition:
    """Say whether torch can be imported, in a process of its own, and which device it has."""
    done = subprocess.run([sys.executable, "-c", _IMPORT], capture_output=True, text=True, check=False)
    if done.returncode == 0:
        version, _, device = done.stdout.strip().rpartition(" ")
        return Condition(True, say("torch {version} can be imported; device: {device}", version=version, device=device))
    last = (done.stderr.strip().splitlines() or [say("it ended with {code}", code=done.returncode)])[-1]
    again = _type("--force-reinstall torch torchvision")
    return Condition(False, say("torch cannot be imported: {error}", error=last), again)


def _type(what: str) -> str:
    return say("Type: {command}", command=f"{Path(sys.executable).name} -m pip install {what}")


def folder_conditions(course: Course) -> Iterator[Condition]:
    """Yield whether the course's folder holds what checking needs and can be written to."""
    from grader.judging.schedule import cache_directory
    from grader.records.errors import UsageError
    from grader.records.folders import require_writable
    from grader.submissions.finding import shadow_notes

    here = [name for name in course.names if course.assignment_folder(name).is_dir()]
    yield Condition(
        bool(here),
        say(
            "{title} in {path}: {n} of {all} assignments",
            title=course.title,
            path=course.root,
            n=len(here),
            all=len(course.names),
        ),
        "" if here else say("Fetch the course again: the folder assignments/ is missing or empty."),
    )
    for name in here:
        folder = course.assignment_folder(name)
        absent = [file for file in ("checks.py", "examples.bin") if not (folder / file).is_file()]
        if absent:
            missing = say("{name}: {files} missing", name=name, files=say(" and ").join(absent))
            yield Condition(False, missing, say("Fetch {path} again; keep your answer.", path=folder))
        for note in shadow_notes(folder, name):
            yield Condition(False, f"{name}: {note}", "")
    try:
        require_writable(cache_directory(course.root))
    except UsageError as error:
        yield Condition(False, error.message, error.hint or "")


def check_condition(course: Course) -> Condition:
    """Say whether a check of one exercise gives an answer, whichever."""
    from grader.commands.check import run, targets
    from grader.course.outline import outline
    from grader.judging.schedule import cache_directory
    from grader.records.errors import GraderError

    name = next(name for name in course.names if course.assignment_folder(name).is_dir())
    exercise = outline(course, name, cache_directory(course.root))[0].id
    try:
        report = run(course, targets(course, [exercise]))
    except GraderError as error:
        why = say("{exercise} cannot be checked: {why}", exercise=exercise, why=error.message)
        return Condition(False, why, error.hint or "")
    found = report.submissions[0].exercises[0]
    if found.outcome == "not_judged":
        why = say("{exercise} cannot be checked: {why}", exercise=exercise, why=found.findings[0].message)
        return Condition(False, why, say("Show this to your instructor."))
    level, seconds = report.sandbox.level, f"{report.seconds:.1f}"
    message = say(
        "{exercise} can be checked in {seconds} s (locked down: {level})",
        exercise=exercise,
        seconds=seconds,
        level=level,
    )
    return Condition(True, message)
