"""A student's own answers, in the folder that the course gave them."""

from __future__ import annotations

from pathlib import Path

from grader.course.loading import load_exercises
from grader.course.settings import Course
from grader.submissions.choosing import answered
from grader.submissions.finding import SUFFIXES, FoundSubmission, in_folder, read_file, shadow_notes


def own_submission(course: Course, name: str) -> FoundSubmission:
    """Find the file to check of an assignment: one that answers something before one that was only opened."""
    answering = [path for path, count in _answers(course, name) if count]
    if len(answering) == 1:
        return FoundSubmission("you", name, answering[0], shadow_notes(answering[0].parent, name))
    return in_folder(own_folder(course, name), name, "you", course)


def is_begun(course: Course, name: str) -> bool:
    """Say whether an exercise of an assignment is no stub any more, or whether its file cannot be read."""
    return any(count for _, count in _answers(course, name))


def own_folder(course: Course, name: str) -> Path:
    """Return where a student answers: the assignment's folder, or the course's own, where nbgrader puts notebooks."""
    folder = course.assignment_folder(name)
    return folder if any((folder / f"{name}{suffix}").is_file() for suffix in SUFFIXES) else course.root


def _answers(course: Course, name: str) -> list[tuple[Path, int]]:
    """Return for each file of an assignment how many exercises it answers; one that cannot be read counts as one."""
    names = [set(one.names) for one in load_exercises(course.root, name)]
    paths = [own_folder(course, name) / f"{name}{suffix}" for suffix in SUFFIXES]
    read = [(path, read_file(path, name)) for path in paths if path.is_file()]
    return [(path, 1 if one.problem else answered(one.cells, names)) for path, one in read]
