"""Finds the answer in whatever folder a system made of what was uploaded: at its top, or inside of the zip's folder."""

from __future__ import annotations

from pathlib import Path

from grader.course.settings import Course
from grader.submissions.collect.folders import folder_members
from grader.submissions.collect.place import choose, write
from grader.submissions.collect.records import Caps, Handed, Refusal
from grader.submissions.finding import FoundSubmission, in_folder


def handed_in(course: Course, assignment: str, folder: Path, student: str, scratch: Path) -> FoundSubmission:
    """Return the submission in a folder, copied under the names that are graded; what is wrong becomes its problem.

    A checkout of what the course releases is understood too: then the assignment's own folder counts.
    """
    inside = [folder / "assignments" / assignment, folder / assignment]
    taken = next((path for path in inside if path.is_dir() and not path.is_symlink()), folder)
    try:
        members, moment = folder_members(taken)
        caps = Caps()
        chosen = choose(Handed(student, str(folder), members, assignment=assignment), assignment, caps)
        target = scratch / "submission" / assignment
        write(target, chosen, moment, caps)
    except OSError as error:
        return FoundSubmission(student, assignment, None, (), f"what was handed in cannot be read: {error.strerror}")
    except Refusal as refusal:
        wanted = f"hand in {assignment}.py or {assignment}.ipynb"
        return FoundSubmission(
            student, assignment, None, (), f"what was handed in cannot be taken: {refusal}; {wanted}"
        )
    found = in_folder(target, assignment, student, course)
    notes = (*chosen.notes, *(note for note in found.notes))
    return FoundSubmission(found.student, assignment, found.path, notes, found.problem)
