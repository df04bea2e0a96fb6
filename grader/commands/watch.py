"""`grader watch`: one exercise in focus, checked again whenever you save."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.records.text.saying import say

if TYPE_CHECKING:
    from grader.course.settings import Course

EXAMPLES = (
    ("grader watch", "begin with the first exercise that has not passed yet"),
    ("grader watch einsum", "the exercises of one assignment"),
    ("grader watch einsum.trace", "one exercise, then those that follow it"),
)


def watch(
    what: Annotated[
        str | None, typer.Argument(help="An assignment or exercise; the whole course unless given.")
    ] = None,
    course: Annotated[Path | None, typer.Option(help="The course's folder; found upwards from here otherwise.")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Plain lines, no screen.")] = False,
) -> None:
    """Check an exercise again whenever you save, and go on to the next when it passes."""
    from grader.course.settings import find_course, load_course, speak_for
    from grader.integrations.watch.focus import Focus

    found = load_course(course if course is not None else find_course(Path.cwd()))
    speak_for(found)
    with Focus(found, *wanted(found, what)) as focus:
        if not plain and sys.stdin.isatty() and sys.stdout.isatty() and _has_screen():
            from grader.integrations.watch.screen import watch_on_screen

            watch_on_screen(focus)
        else:
            from grader.integrations.watch.plain import watch_plainly

            watch_plainly(focus, typer.echo)


def _has_screen() -> bool:
    """Say whether Textual is installed; where it is not, tell how to get the screen."""
    if importlib.util.find_spec("textual") is not None:
        return True
    typer.echo(say("note: for a screen with keys: pip install 'torch-grader[watch]'"), err=True)
    return False


def wanted(course: Course, word: str | None) -> tuple[tuple[str, ...], str | None]:
    """Return the exercises to go through, and the one to begin with where a word names it.

    Raises `UsageError`, naming the nearest, for a word that is neither an assignment nor an exercise.
    """
    from grader.course.outline import outline
    from grader.judging.schedule import cache_directory
    from grader.records.errors import UsageError
    from grader.records.text.nearest import did_you_mean

    assignment = (word or "").partition(".")[0]
    names = [course.assignment(assignment).name] if word else list(course.names)
    here = [name for name in names if course.assignment_folder(name).is_dir()]
    exercises = tuple(one.id for name in here for one in outline(course, name, cache_directory(course.root)))
    if word is None or word == assignment:
        return exercises, None
    if word not in exercises:
        raise UsageError(say("there is no exercise {name!r}", name=word), hint=did_you_mean(word, exercises))
    return exercises, word
