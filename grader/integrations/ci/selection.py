"""Which submissions to grade: those whose own files changed, or what they are graded with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from grader.course.settings import FILENAME, Course
from grader.submissions.finding import FoundSubmission, find_submissions


def touched_assignments(course: Course, changed: frozenset[Path] | None) -> frozenset[str]:
    """Return the assignments whose checks, references or public examples changed; all of them when settings did."""
    if changed is None or course.root / FILENAME in changed:
        return frozenset(course.names)
    return frozenset(
        name
        for name in course.names
        for folder in (course.assignment_folder(name), course.solution_folder(name))
        if any(path.is_relative_to(folder) and not _is_answer(path, folder, name) for path in changed)
    )


def handed_in(course: Course, root: Path, changed: frozenset[Path] | None) -> list[FoundSubmission]:
    """Return the submissions under a root that changed themselves, or whose assignment did."""
    found = find_submissions(root, course).submissions
    return list(_affected(found, touched_assignments(course, changed), changed, root.resolve()))


def own(course: Course, found: Iterable[FoundSubmission], changed: frozenset[Path] | None) -> list[FoundSubmission]:
    """Return those of a student's own submissions that changed, or whose assignment did."""
    return list(_affected(found, touched_assignments(course, changed), changed, None))


def _affected(
    found: Iterable[FoundSubmission], touched: frozenset[str], changed: frozenset[Path] | None, root: Path | None
) -> Iterator[FoundSubmission]:
    for one in found:
        if one.assignment in touched or changed is None:
            yield one
            continue
        folder = one.path.resolve().parent if one.path is not None else None
        if folder is None and root is not None:
            folder = root / one.student / one.assignment
        if folder is not None and any(_concerns(path, folder, one.assignment, root) for path in changed):
            yield one


def _concerns(path: Path, folder: Path, assignment: str, root: Path | None) -> bool:
    """Say whether a changed file belongs to a submission: any of its folder, or the answer itself in a shared one."""
    if root is not None and folder.name == assignment:
        return path.is_relative_to(folder)
    return path.parent == folder and path.stem.casefold() == assignment.casefold()


def _is_answer(path: Path, folder: Path, name: str) -> bool:
    return folder.parent.name == "assignments" and path.parent == folder and path.stem == name
