"""`grader check`: check your own answers in a second, against the frozen public examples."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.records.text.saying import say

if TYPE_CHECKING:
    from grader.course.settings import Course
    from grader.results.report import Report
    from grader.submissions.finding import FoundSubmission

EXAMPLES = (
    ("grader check", "every assignment that you have begun"),
    ("grader check einsum", "one assignment"),
    ("grader check einsum.trace", "one exercise"),
    ("grader check trace", "the same, where no other assignment has a trace"),
    ("grader check my/einsum.ipynb", "a file of yours"),
    ("grader check loaders --deep", "what passes on many fresh inputs too"),
    ("grader check hooks.Package --show", "what fails as a script, for a debugger"),
)


def check(
    what: Annotated[
        list[str] | None, typer.Argument(help="Assignments, exercises or files; all that you have begun unless given.")
    ] = None,
    course: Annotated[Path | None, typer.Option(help="The course's folder; found upwards from here otherwise.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
    brief: Annotated[bool, typer.Option("--brief", "-b", help="Only the table.")] = False,
    deep: Annotated[
        bool, typer.Option("--deep", help="Search many fresh inputs too, by laws and by what needs no reference.")
    ] = False,
    seed: Annotated[int | None, typer.Option(help="Of --deep: the same seed draws the same inputs.")] = None,
    show: Annotated[
        bool, typer.Option("--show", help="Write a small script for each exercise that fails: it does what was found.")
    ] = False,
) -> None:
    """Check your answers against the public examples. Exits with 1 when something is not right yet."""
    from grader.course.settings import find_course, load_course, speak_for
    from grader.records.errors import EXIT_STUDENT
    from grader.results.render import render

    found = load_course(course if course is not None else find_course(_anchor(what or [])))
    speak_for(found)
    wanted = targets(found, what or [])
    report = run(found, wanted, _seed_of_search(deep, seed))
    typer.echo(render(report, "json") if as_json else render(report, "terminal", brief=brief), nl=False)
    if show:
        write_scripts(found, wanted, report)
    if any(one.outcome != "passed" for submission in report.submissions for one in submission.exercises):
        raise typer.Exit(EXIT_STUDENT)


def _seed_of_search(deep: bool, seed: int | None) -> int | None:
    """Return the seed of a search among fresh inputs, None where nobody asks for one."""
    import time

    if seed is None and deep:
        return time.time_ns() // 1000 % 1_000_000  # short enough to type again
    return seed


def write_scripts(course: Course, wanted: Sequence[Target], report: Report) -> None:
    """Write a script beside the course's other notes for every exercise with an input that fails, and say where.

    Raises `UsageError` when nothing can be written there.
    """
    from grader.judging.schedule import cache_directory
    from grader.records.errors import UsageError
    from grader.records.writing import replace_file
    from grader.results.render.script import finding_with_input, script_of

    folder = cache_directory(course.root) / "show"
    for target, submission in zip(wanted, report.submissions, strict=True):
        for exercise in submission.exercises:
            finding = finding_with_input(exercise)
            if finding is None or target.found.path is None:
                continue
            path = folder / f"{exercise.id.replace('.', '_')}.py"
            script = script_of(finding, target.found.path.resolve(), course.root.resolve())
            try:
                folder.mkdir(parents=True, exist_ok=True)
                replace_file(path, script.encode())
            except OSError as error:
                raise UsageError(say("cannot write {path}: {error}", path=path, error=error.strerror)) from error
            typer.echo(say("{id} as a script:  python {path}", id=exercise.id, path=_near(path)), err=True)


def _near(path: Path) -> Path:
    here = Path.cwd().resolve()
    return path.resolve().relative_to(here) if path.resolve().is_relative_to(here) else path


def remember(course: Course, report: Report) -> None:
    """Keep what was found for `grader progress`; where nothing can be written, say so and go on."""
    import datetime

    from grader.judging.schedule import cache_directory
    from grader.records.errors import UsageError
    from grader.results.progress import read_progress, with_report, write_progress

    folder = cache_directory(course.root)
    try:
        write_progress(folder, with_report(read_progress(folder), report, datetime.datetime.now(datetime.UTC)))
    except (OSError, UsageError) as error:
        typer.echo(say("note: your progress was not kept: {error}", error=error), err=True)


@dataclasses.dataclass(frozen=True)
class Target:
    """One file to check, and the exercises of it that were asked for; none means all."""

    found: FoundSubmission
    exercises: tuple[str, ...] = ()


def targets(course: Course, words: Sequence[str]) -> list[Target]:
    """Return what words on the command line mean.

    Raises `UsageError`, naming the nearest, for a word that is no assignment, exercise or file.
    """
    from grader.submissions.finding import find_submissions
    from grader.submissions.student_folder import own_submission

    if not words:
        return _begun(course)
    wanted: dict[str, list[str]] = {}
    files: list[Target] = []
    for word in words:
        if Path(word).suffix in {".py", ".ipynb"}:
            _not_a_folder(word)
            files += [Target(found) for found in find_submissions(Path(word), course).submissions]
            continue
        if Path(word).is_dir() and word not in course.names and (name := Path(word).resolve().name) in course.names:
            files.append(Target(_of_folder(course, Path(word), name)))
            continue
        word = _in_full(course, word)
        assignment, _, exercise = word.partition(".")
        _known(course, word, assignment, exercise)
        wanted.setdefault(assignment, []).extend([word] if exercise else [])
    return files + [Target(own_submission(course, name), tuple(exercises)) for name, exercises in wanted.items()]


def _anchor(words: Sequence[str]) -> Path:
    """Return where the search for course.toml begins: here, or at the first file or folder when here there is none."""
    here = Path.cwd()
    if any((folder / "course.toml").is_file() for folder in (here, *here.parents)):
        return here
    return next((Path(word).resolve() for word in words if Path(word).exists()), here)


def _of_folder(course: Course, folder: Path, name: str) -> FoundSubmission:
    from grader.submissions.finding import in_folder
    from grader.submissions.student_folder import own_submission

    if folder.resolve() == course.assignment_folder(name).resolve():
        return own_submission(course, name)
    return in_folder(folder, name, folder.resolve().parent.name, course)


def _in_full(course: Course, word: str) -> str:
    """Return the id of the only exercise of that name in the course; other words as they are.

    Raises `UsageError` when several assignments have an exercise of that name.
    """
    from grader.course.loading import load_exercises
    from grader.records.errors import UsageError

    if "." in word or word in course.names or not word.isidentifier():
        return word
    here = [name for name in course.names if course.assignment_folder(name).is_dir()]
    ids = [one.id for name in here for one in load_exercises(course.root, name) if one.name == word]
    if len(ids) > 1:
        message = say("{word!r} is an exercise of several assignments", word=word)
        raise UsageError(message, hint=say("Say which: {names}.", names=", ".join(ids)))
    return ids[0] if ids else word


def _begun(course: Course) -> list[Target]:
    """Return the assignments of which at least one exercise is no stub any more, or whose file cannot be read."""
    from grader.records.errors import SubmissionError, UsageError
    from grader.submissions.student_folder import is_begun, own_submission

    names = [name for name in course.names if course.assignment_folder(name).is_dir()]
    if not names:
        message = say("there is no assignment here")
        raise UsageError(message, hint=say("Run this in the folder that you were given."))
    begun = [Target(own_submission(course, name)) for name in names if is_begun(course, name)]
    if not begun:
        raise SubmissionError(
            say("nothing to check yet: every exercise is still the stub"),
            hint=say(
                "Write an answer into assignments/{name}/{name}.ipynb or {name}.py, save it, "
                "and check again. `grader check {name}` lists its exercises.",
                name=names[0],
            ),
        )
    return begun


def _not_a_folder(word: str) -> None:
    from grader.records.errors import UsageError

    if word and Path(word).is_dir():
        raise UsageError(
            say("{word} is a folder, not a file", word=word),
            hint=say("Name an assignment, an exercise, or a .py or .ipynb file. `grader grade` takes folders."),
        )


def _known(course: Course, word: str, assignment: str, exercise: str) -> None:
    from grader.course.loading import load_exercises
    from grader.records.errors import UsageError
    from grader.records.text.nearest import did_you_mean

    if assignment not in course.names:
        _not_a_folder(word)
        message = say("there is no assignment {name!r} in this course", name=assignment)
        raise UsageError(message, hint=did_you_mean(assignment, course.names))
    if exercise:
        known = [one.id for one in load_exercises(course.root, assignment)]
        if word not in known:
            raise UsageError(say("there is no exercise {name!r}", name=word), hint=did_you_mean(word, known))


def run(course: Course, wanted: Sequence[Target], deep: int | None = None) -> Report:
    """Check every target, what failed before first, keep what was found, and return it as a student may see it.

    With a seed for it, what passes is searched deeper.
    """
    from grader.judging.driver import Sink, Task, drive, opened
    from grader.judging.reporting import ReportSink, VerdictSink, empty_report
    from grader.judging.schedule import Options, cache_directory
    from grader.results.failures import keep_and_compare, read_failures, with_earlier
    from grader.results.report import for_audience
    from grader.submissions.finding import read_submission

    tasks = [Task(read_submission(target.found), frozenset(target.exercises)) for target in wanted]
    exercises = exercises_of(wanted)
    asked = frozenset(name for names in exercises.values() for name in names)
    state = cache_directory(course.root)
    before = read_failures(state)
    options = Options(jobs=1, exercises=asked, public=True, allow_weak=True, first=before.first())
    verdicts = VerdictSink()
    with (
        _waiting(),
        opened(course, list(exercises), options) as graders,
        ReportSink(empty_report(course, "public")) as sink,
    ):
        sinks: tuple[Sink, ...] = (sink, verdicts)
        if deep is not None:
            from grader.judging.deep import DeepSink

            sinks = (DeepSink(graders, deep, sinks),)
        drive(graders, tasks, sinks, options)
    places = sorted(verdicts.by_place)
    checked = [(wanted[place].found.path, verdicts.by_place[place]) for place in places]
    fared = zip(places, keep_and_compare(state, before, checked), strict=True)
    earlier = {(place, name): one for place, found in fared for name, one in found.items()}
    compared = with_earlier(for_audience(sink.report, "student"), earlier)
    remember(course, compared)
    return compared


def _waiting() -> contextlib.AbstractContextManager[object]:
    """Return what shows that something goes on, in a terminal alone."""
    from rich.console import Console

    console = Console(stderr=True)
    return console.status(say("checking")) if console.is_terminal else contextlib.nullcontext()


def exercises_of(wanted: Sequence[Target]) -> dict[str, tuple[str, ...]]:
    """Return the exercises that targets ask for, by assignment; none means all of them."""
    found: dict[str, tuple[str, ...]] = {}
    for target in wanted:
        name = target.found.assignment
        before = found.get(name, target.exercises)
        found[name] = tuple(dict.fromkeys((*before, *target.exercises))) if before and target.exercises else ()
    return found
