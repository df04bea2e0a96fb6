"""Grade what was handed in to an nbgrader course with the engine, and write it where nbgrader looks for it."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from grader.authoring.exercises import Exercise
from grader.course.loading import load_exercises
from grader.course.settings import Course
from grader.integrations.nbgrader.autograded import beside, replace_folder, write_autograded
from grader.integrations.nbgrader.config import NbCourse, open_nbcourse
from grader.integrations.nbgrader.gradebook import open_gradebook
from grader.integrations.nbgrader.master import MasterCell, check_master, master_cells
from grader.integrations.nbgrader.scores import Penalty, Work, late_penalty, write_scores
from grader.integrations.nbgrader.submitted import Submitted, read_submitted, submitted_folders
from grader.judging.checking import open_checkers
from grader.judging.reporting import empty_report, refuse_weak, report_of
from grader.judging.schedule import Graded, Graders, Options, grade_all, measured, open_graders
from grader.records.errors import UsageError
from grader.results.report import Audience, Report, ReportWriter, Sandbox, for_audience, submission_for_student

if TYPE_CHECKING:
    from nbgrader.api import Gradebook


@dataclasses.dataclass(frozen=True)
class NbOptions:
    """What is particular to an nbgrader course."""

    public: bool = False
    """Grade with the frozen public examples alone, as the notebook's own test cells do."""
    allow_weak: bool = False
    json_file: Path | None = None
    progress: Callable[[int], contextlib.AbstractContextManager[Callable[[], None]]] | None = None
    """Given how many submissions there are, a context in which the function is called after each."""
    seed: str | None = None
    """What the examples are drawn from, in words for the report; None for the course's secret."""
    audience: Audience = "instructor"
    """Whose `json_file` is; the report returned is the instructors'."""


@dataclasses.dataclass(frozen=True)
class _Job:
    """One assignment and what was handed in for it."""

    name: str
    exercises: tuple[Exercise, ...]
    master: dict[str, MasterCell]
    submitted: tuple[Submitted, ...]


def grade_nbgrader(
    course: Course,
    directory: Path,
    assignment: str | None = None,
    options: Options | None = None,
    more: NbOptions | None = None,
) -> Report:
    """Grade `submitted/`, write scores into the gradebook, notebooks into `autograded/`, pages into `feedback/`.

    Each submission is written as soon as it is graded, whole or not at all; what is written stays when a later one
    fails. Returns the instructors' report. Raises `UsageError` when the folder is no nbgrader course, nothing was
    handed in, or the gradebook cannot be worked with: then before anything is graded.
    """
    options, more = options or Options(), more or NbOptions()
    target = open_nbcourse(directory)
    with open_gradebook(target.db_url, target.id) as gradebook:
        jobs = _jobs(course, target, gradebook, assignment)
        count = sum(len(job.submitted) for job in jobs)
        penalty = late_penalty(target.config)
        bar = more.progress(count) if more.progress is not None else contextlib.nullcontext(lambda: None)
        with bar as advance, ReportWriter(more.json_file, _blank(course, more), audience=more.audience) as writer:
            place = 0
            for job, graders in _benches(course, jobs, options, more):
                writer.report = _with_sandbox(writer.report, graders, more)
                order = {one.submission.student: place + number for number, one in enumerate(job.submitted)}
                for graded, submitted in _grade_job(job, graders, options):
                    writer.add(report_of(graded), order[graded.submission.student])
                    _write(target, gradebook, job, graded, submitted, writer.report, penalty)
                    advance()
                place += len(order)
        return writer.report


def _jobs(course: Course, target: NbCourse, gradebook: Gradebook, assignment: str | None) -> list[_Job]:
    names = (course.assignment(assignment).name,) if assignment is not None else course.names
    jobs = []
    for name in names:
        folders = submitted_folders(target, name)
        if not folders:
            continue
        exercises = tuple(load_exercises(course.root, name))
        master = master_cells(gradebook, name)
        check_master(master, name, exercises)
        found = tuple(read_submitted(folder, who, name, exercises, master) for who, folder in folders.items())
        jobs.append(_Job(name, exercises, master, found))
    if not jobs:
        wanted = target.folder("submitted", "<student>", assignment or "<assignment>")
        raise UsageError(
            f"Nothing was handed in: there is no {wanted}.", hint="`grader collect` or `nbgrader collect` fetches it."
        )
    return jobs


def _benches(course: Course, jobs: Sequence[_Job], options: Options, more: NbOptions) -> Iterator[tuple[_Job, Graders]]:
    """Yield each job with graders for it: one zygote for all with the hidden side, one each with the public alone."""
    if more.public:
        for job in jobs:
            with open_checkers(course, job.name) as graders:
                yield job, graders
        return
    with open_graders(course, [job.name for job in jobs], options) as graders:
        for job in jobs:
            yield job, graders


def _grade_job(job: _Job, graders: Graders, options: Options) -> Iterator[tuple[Graded, Submitted]]:
    by_student = {one.submission.student: one for one in job.submitted}
    for graded in grade_all(graders, [one.submission for one in job.submitted], options.jobs):
        yield graded, by_student[graded.submission.student]


def _write(
    target: NbCourse,
    gradebook: Gradebook,
    job: _Job,
    graded: Graded,
    submitted: Submitted,
    report: Report,
    penalty: Penalty,
) -> None:
    """Write all that is known of one submission; the gradebook last, so that a score is never without its reasons."""
    student = submitted.submission.student
    shown = submission_for_student(report_of(graded))
    write_autograded(target.folder("autograded", student, job.name), submitted, shown, job.master)
    _write_feedback(target, submitted, graded, report)
    work = Work(shown, submitted.time, submitted.unchanged)
    write_scores(gradebook, target.db_url, work, job.master, penalty)


def _write_feedback(target: NbCourse, submitted: Submitted, graded: Graded, report: Report) -> None:
    import msgspec

    from grader.results.render import render

    student, name = graded.submission.student, graded.submission.assignment
    alone = msgspec.structs.replace(report, submissions=(report_of(graded),), notes=(), complete=True)
    page = render(for_audience(alone, "student"), "html")
    files = {f"{name}.html": page.encode("utf-8", "replace")} | beside(submitted.folder)
    replace_folder(target.folder("feedback", student, name), files, 0o644)


def _blank(course: Course, more: NbOptions) -> Report:
    return empty_report(course, more.seed, Sandbox())


def _with_sandbox(report: Report, graders: Graders, more: NbOptions) -> Report:
    """Return the report with the measured level of the sandbox; raises `UsageError` for a weak one unless allowed."""
    import msgspec

    sandbox = measured(graders)
    refuse_weak(sandbox.level, more.allow_weak)
    return msgspec.structs.replace(report, sandbox=Sandbox(sandbox.level, dict(sandbox.layers)))
