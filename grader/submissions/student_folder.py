"""A student's own answers, in the folder that the course gave them."""

from __future__ import annotations

from pathlib import Path

from grader.course.loading import load_exercises
from grader.course.settings import Course
from grader.submissions.answers import answer_files
from grader.submissions.choosing import answered
from grader.submissions.finding import FoundSubmission, in_folder, read_file


def own_submission(course: Course, name: str) -> FoundSubmission:
    """Find the file to check of an assignment, as grading chooses it."""
    return in_folder(own_folder(course, name), name, "you", course)


def is_begun(course: Course, name: str) -> bool:
    """Say whether an exercise of an assignment is no stub any more, or whether its file cannot be read."""
    return any(count for _, count in _answers(course, name))


def own_folder(course: Course, name: str) -> Path:
    """Return where a student answers: the assignment's folder, or the course's own, where nbgrader puts notebooks."""
    folder = course.assignment_folder(name)
    return folder if folder.is_dir() and answer_files(folder, name) else course.root


def _answers(course: Course, name: str) -> list[tuple[Path, int]]:
    """Return for each file of an assignment how many exercises it answers; one that cannot be read counts as one."""
    names = [set(one.names) for one in load_exercises(course.root, name)]
    read = [(path, read_file(path, name)) for path in answer_files(own_folder(course, name), name)]
    return [(path, 1 if one.problem else answered(one.cells, names)) for path, one in read]
