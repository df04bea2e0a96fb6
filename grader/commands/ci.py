"""`grader ci`: grade what changed in a repository, and tell it as continuous integration services show it."""

from __future__ import annotations

import contextlib
import dataclasses
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from grader.course.settings import Course
    from grader.integrations.ci.environment import Service
    from grader.integrations.ci.grading import Outcome
    from grader.judging.schedule import Options
    from grader.results.report import Audience, Report
    from grader.submissions.finding import FoundSubmission

EXAMPLES = (
    ("grader ci", "in a student's repository: check what the last push changed"),
    ("grader ci --policy 60%", "fail below 60 per cent of the points"),
    ("grader ci --submissions submitted --policy never", "in the instructors' repository: grade what came in"),
    ("grader ci --all --output results", "everything, whatever changed"),
)
Since = Annotated[str | None, typer.Option(metavar="COMMIT", help="Before the change; what the service says, else.")]
Submissions = Annotated[Path | None, typer.Option(help="Folder <student>/<assignment>/...; submitted/ if there.")]
Which = Annotated[str | None, typer.Option(metavar="P", help="all, written, never, or a share of points as 60%.")]
Who = Annotated[str, typer.Option(metavar="WHO", help="student or instructor: who may see summary and files.")]


def ci(
    course: Annotated[Path | None, typer.Option(help="The course's folder; found upwards from here otherwise.")] = None,
    since: Since = None,
    everything: Annotated[bool, typer.Option("--all", help="Whatever changed.")] = False,
    submissions: Submissions = None,
    policy: Which = None,
    output: Annotated[Path, typer.Option(help="Folder for results.json, junit.xml, summary.md.")] = Path("grader-ci"),
    audience: Who = "student",
    jobs: Annotated[int, typer.Option(min=0, help="Submissions at a time; 0 takes one a core.")] = 0,
    allow_weak: Annotated[bool, typer.Option(help="Grade although this host cannot lock student code down.")] = False,
) -> None:
    """Grade what changed: annotations at the student's own lines, a summary, JUnit XML, results in JSON.

    In a student's repository the public examples are checked, and the exit code is 1 unless all is right.
    Where solutions/ is, what was handed in is graded with hidden references (--policy never). written: what is not
    written yet does not count. Where something was not judged by our own fault the exit code is 3.
    """
    from grader.commands.grade import audience_of
    from grader.course.settings import find_course, load_course, speak_for
    from grader.integrations.ci.environment import clean_environment, read_service
    from grader.integrations.ci.policy import exit_code, policy_named

    service = read_service(os.environ)
    clean_environment(os.environ)
    who = audience_of(audience)
    found = load_course(course if course is not None else find_course(Path.cwd()))
    speak_for(found)
    hidden = found.has_solutions
    decides = policy_named(policy or ("never" if hidden else "all"))
    with _no_commands(service):
        chosen, why = _chosen(found, submissions, None if everything else _changes(found, since, service))
        typer.echo(why)
        outcome = _graded(found, chosen, jobs, allow_weak, who) if chosen else None
        if outcome is not None:
            _print(outcome.report)
    if outcome is None:
        _summarise(service, output, "Nothing that can be graded has changed.\n")
        return
    _tell(found, outcome, service)
    _write(outcome.report, output, service)
    code = exit_code(outcome.report, decides)
    if code:
        raise typer.Exit(code)


@dataclasses.dataclass(frozen=True)
class _Changes:
    """The files that changed, None for all, and a sentence about it."""

    files: frozenset[Path] | None
    reason: str


def _changes(course: Course, since: str | None, service: Service) -> _Changes:
    from grader.integrations.ci.changes import changed_files

    return _Changes(*changed_files(course.root, since, service.base))


def _chosen(course: Course, root: Path | None, changes: _Changes | None) -> tuple[list[FoundSubmission], str]:
    """Return the submissions to grade and why these."""
    from grader.commands.check import targets
    from grader.integrations.ci.selection import handed_in, own
    from grader.records.errors import SubmissionError, UsageError

    reason = changes.reason if changes else "everything was asked for"
    files = changes.files if changes else None
    if not course.has_solutions and root is None:
        try:
            begun = [target.found for target in targets(course, ())]
        except SubmissionError as error:
            return [], f"{reason}; {error.message}"
        chosen = own(course, begun, files)
    else:
        folder = root or course.root / "submitted"
        if not folder.is_dir():
            if root is not None:
                raise UsageError(f"there is no folder {root}", hint="Name the folder of submissions, or leave it out.")
            return [], f"{reason}; there is no folder submitted/ to grade (see --submissions)"
        chosen = handed_in(course, folder, files)
    return (
        chosen,
        f"{reason}; to be graded: {', '.join(f'{one.student}/{one.assignment}' for one in chosen) or 'nothing'}",
    )


def _graded(course: Course, found: list[FoundSubmission], jobs: int, allow_weak: bool, who: Audience) -> Outcome:
    from grader.commands.grade import warn_of_default_seed
    from grader.integrations.ci.grading import grade_found

    options = _options(course, jobs, allow_weak)
    if not options.public:
        warn_of_default_seed(course, None)
    return grade_found(course, found, options, who)


def _options(course: Course, jobs: int, allow_weak: bool) -> Options:
    from grader.judging.schedule import Options

    public = not course.has_solutions
    return Options(jobs=jobs, public=public, allow_weak=allow_weak or public)


@contextlib.contextmanager
def _no_commands(service: Service) -> Iterator[None]:
    """Let nothing that is printed inside be a command to GitHub; only a token that nobody can guess ends that."""
    if not service.github:
        yield
        return
    typer.echo(f"::stop-commands::{service.token}")
    try:
        yield
    finally:
        typer.echo(f"\n::{service.token}::")


def _print(report: Report) -> None:
    from grader.results.render import render

    typer.echo(render(report, "terminal"), nl=False)


def _tell(course: Course, outcome: Outcome, service: Service) -> None:
    """Print the annotations: commands for GitHub, sentences for everybody else."""
    from grader.integrations.ci.annotations import capped, command, sentence
    from grader.integrations.ci.changes import top_folder
    from grader.integrations.ci.grading import all_annotations

    base = service.workspace or top_folder(course.root)
    found = all_annotations(course, outcome, base)
    if not service.github:
        for one in found:
            typer.echo(sentence(one))
        return
    kept, rest = capped(found)
    for one in kept:
        typer.echo(command(one))
    if rest:
        typer.echo(f"::notice::{rest}")


def _write(report: Report, output: Path, service: Service) -> None:
    """Write results.json, junit.xml and summary.md, and append the summary to the step's."""
    from grader.integrations.exporters.kinds import export
    from grader.integrations.exporters.sheet import sheet_of
    from grader.records.folders import require_writable
    from grader.records.writing import write_atomically
    from grader.results.render import render

    require_writable(output)
    sheet = sheet_of(report, "instructor")  # what the audience must not see is gone already
    for kind, name in (("json", "results.json"), ("junit", "junit.xml")):
        write_atomically(output / name, export(sheet, kind).data)
    _summarise(service, output, render(report, "markdown", max_bytes=_room(service)))
    typer.echo(f"{output}: results.json, junit.xml, summary.md")


def _room(service: Service) -> int:
    """Return the bytes that are left in the step's summary."""
    from grader.results.render.markdown import MAX_BYTES

    taken = service.summary.stat().st_size if service.summary is not None and service.summary.is_file() else 0
    return max(MAX_BYTES - taken, 10_000)


def _summarise(service: Service, output: Path, text: str) -> None:
    from grader.records.errors import UsageError
    from grader.records.folders import require_writable
    from grader.records.writing import write_atomically

    require_writable(output)
    write_atomically(output / "summary.md", text.encode())
    if service.summary is None:
        return
    try:
        with service.summary.open("ab") as file:
            file.write(text.encode())
    except OSError as error:
        raise UsageError(
            f"cannot write the step's summary {service.summary}: {error.strerror}",
            hint="GITHUB_STEP_SUMMARY must name a file that can be written.",
        ) from error
