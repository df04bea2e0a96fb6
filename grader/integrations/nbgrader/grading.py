"""Grade what was handed in to an nbgrader course with the engine, and write it where nbgrader looks for it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from grader.authoring.exercises import Exercise
from grader.course.loading import load_exercises
from grader.course.settings import Course
from grader.integrations.nbgrader.autograded import nbgrader_files, replace_folder, write_autograded
from grader.integrations.nbgrader.config import NbCourse, open_nbcourse
from grader.integrations.nbgrader.gradebook import open_gradebook
from grader.integrations.nbgrader.master import MasterCell, check_master, master_cells
from grader.integrations.nbgrader.scores import Work, late_penalty, write_scores
from grader.integrations.nbgrader.submitted import Submitted, check_times, read_submitted, submitted_folders
from grader.judging.driver import Run, Sink, Task
from grader.judging.incremental import grade_tasks
from grader.judging.reporting import empty_report, report_of
from grader.judging.schedule import Graded, Options
from grader.records.errors import UsageError
from grader.results.report import SubmissionReport, for_audience, submission_for_student

if TYPE_CHECKING:
    from nbgrader.api import Gradebook

    from grader.results.store.store import Store


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
    sinks: Sequence[Sink] = (),
    store: Store | None = None,
    *,
    force: bool = False,
) -> None:
    """Grade `submitted/`, write scores into the gradebook, notebooks into `autograded/`, pages into `feedback/`.

    Each submission is written as soon as it is graded, whole or not at all; what is written stays when a later one
    fails. What `store` holds is not graded again, unless by `force`; `sinks` are told before anything is written.
    Raises `UsageError` when the folder is no nbgrader course, nothing was handed in, or the gradebook cannot be worked
    with: then before anything is graded.
    """
    options = options or Options()
    target = open_nbcourse(directory)
    with open_gradebook(target.db_url, target.id) as gradebook:
        jobs = _jobs(course, target, gradebook, assignment)
        own = _GradebookSink(course, target, gradebook, jobs)
        tasks = [Task(one.submission) for job in jobs for one in job.submitted]
        grade_tasks(course, tasks, (*sinks, own), options, store, force=force)


class _GradebookSink:
    """Writes all that is known of a submission where nbgrader looks for it."""

    def __init__(self, course: Course, target: NbCourse, gradebook: Gradebook, jobs: Sequence[_Job]) -> None:
        self._target, self._gradebook = target, gradebook
        self._penalty = late_penalty(target.config)
        self._places = [(job, one) for job in jobs for one in job.submitted]
        self._blank = for_audience(empty_report(course, None), "student")

    def begin(self, run: Run) -> None:
        """Note how submissions are locked down: students read it on their page."""
        self._blank = msgspec.structs.replace(self._blank, sandbox=run.sandbox)

    def add(self, graded: Graded, place: int) -> None:
        """Write one submission; the gradebook last, so that a score is never without its reasons."""
        job, submitted = self._places[place]
        student = submitted.submission.student
        report = submission_for_student(report_of(graded))
        write_autograded(self._target.folder("autograded", student, job.name), submitted, report, job.master)
        self._write_feedback(submitted, report)
        work = Work(report, submitted.time, submitted.unchanged)
        write_scores(self._gradebook, self._target.db_url, work, job.master, self._penalty)

    def _write_feedback(self, submitted: Submitted, report: SubmissionReport) -> None:
        from grader.results.render import render

        page = render(msgspec.structs.replace(self._blank, submissions=(report,)), "html")
        files = {f"{report.assignment}.html": page.encode("utf-8", "replace")} | nbgrader_files(submitted.folder)
        replace_folder(self._target.folder("feedback", submitted.submission.student, report.assignment), files, 0o644)


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
        check_times(found)
        jobs.append(_Job(name, exercises, master, found))
    if not jobs:
        wanted = target.folder("submitted", "<student>", assignment or "<assignment>")
        raise UsageError(
            f"Nothing was handed in: there is no {wanted}.", hint="`grader collect` or `nbgrader collect` fetches it."
        )
    return jobs
