"""Finds submissions in the folders in which they are handed in and reads them; nothing of them is executed.

They lie as nbgrader keeps them: `<root>/<student>/<assignment>/<assignment>.py` or `.ipynb`. A root, a student's
folder, a submission's folder or a single file may be named.
"""

from __future__ import annotations

import dataclasses
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from grader.authoring.exercises import Exercise
from grader.course.settings import Course
from grader.records.errors import UsageError
from grader.records.statements import LeftOut
from grader.records.text.nearest import did_you_mean, nearest
from grader.records.text.saying import say
from grader.submissions.answers import answer_files, answer_in, as_text, copies_in, entries
from grader.submissions.naming import SUFFIXES, is_answer_file, without_copy_number
from grader.submissions.reading import Unreadable, read_cells
from grader.submissions.sibling_files import sibling_files

_LIBRARIES = frozenset(
    {"torch", "torchvision", "torchaudio", "numpy", "PIL", "pandas", "scipy", "matplotlib", "sklearn"}
)


@dataclasses.dataclass(frozen=True)
class Submission:
    """One student's answer to one assignment, as source."""

    student: str
    assignment: str
    source: str
    """Name of the file that was read; "" when there is none."""
    cells: tuple[str, ...] = ()
    """Python source in order: one cell for a module, the code cells of a notebook ("" for one that is left out)."""
    notes: tuple[str, ...] = ()
    """Remarks for the student that cost no points."""
    problem: str | None = None
    """Why it cannot be graded at all."""
    is_notebook: bool = False
    """Whether it is run as a notebook is, as a main module."""
    files: Mapping[str, bytes] = dataclasses.field(default_factory=dict)
    """What lies beside the answer, by name."""
    unread: tuple[LeftOut, ...] = ()
    """Cells that are no Python."""
    attempt: str = ""
    """When it was handed in, where it is an earlier attempt than the student's last one."""


@dataclasses.dataclass(frozen=True)
class FoundSubmission:
    """Where a submission lies."""

    student: str
    assignment: str
    path: Path | None
    notes: tuple[str, ...] = ()
    problem: str | None = None
    folder: Path | None = None
    """The folder that was looked into; None where a file was named."""
    attempt: str = ""
    """As of a `Submission`."""


@dataclasses.dataclass(frozen=True)
class FoundSubmissions:
    """What lies under a target: submissions by student and in the course's order, and what was passed over."""

    submissions: tuple[FoundSubmission, ...]
    notes: tuple[str, ...] = ()


def read_submission(found: FoundSubmission) -> Submission:
    """Read a submission that was found; whatever is wrong with it becomes its `problem`."""
    return dataclasses.replace(_read(found), attempt=found.attempt)


def _read(found: FoundSubmission) -> Submission:
    if found.path is None:
        return Submission(found.student, found.assignment, "", (), found.notes, found.problem)
    name = as_text(found.path.name)
    try:
        read = read_cells(found.path)
    except Unreadable as error:
        return Submission(found.student, found.assignment, name, (), found.notes, str(error))
    files, left_out = sibling_files(found.path, found.assignment)
    notes = (*found.notes, *read.notes, *left_out)
    return Submission(
        found.student,
        found.assignment,
        name,
        read.cells,
        notes,
        found.problem,
        read.is_notebook,
        files,
        read.unread,
    )


def read_file(path: Path, assignment: str, student: str = "") -> Submission:
    """Read one file as somebody's answer to an assignment."""
    return read_submission(FoundSubmission(student, assignment, path, shadow_notes(path.parent, assignment)))


def find_submissions(target: Path, course: Course, assignment: str | None = None) -> FoundSubmissions:
    """Find the submissions under a root, a student's folder or a submission's folder, or take a single file.

    `assignment` says which one a file or folder is about whose name does not tell; under a root only that one is found.
    Raises `UsageError` when the target does not exist, or is a file and nothing tells its assignment.
    """
    if assignment is not None:
        course.assignment(assignment)
    if not os.path.lexists(target):
        hint = say("Name a submission's file or folder, or a root of many.")
        raise UsageError(say("{path} does not exist.", path=target), hint=hint)
    if not target.is_dir():
        return FoundSubmissions((_single(target, course, assignment),))
    about = assignment or (target.resolve().name if target.resolve().name in course.names else None)
    if about and not _is_student(target, course) and (target.name == about or answer_files(target, about)):
        return FoundSubmissions((in_folder(target, about, as_text(target.resolve().parent.name), course),))
    names = (assignment,) if assignment else course.names
    if _is_student(target, course):
        return _of_student(target, course, names)
    return _of_root(target, course, names)


def in_folder(folder: Path, assignment: str, student: str, course: Course) -> FoundSubmission:
    """Find the file to grade in the folder of one submission, by the one rule that chooses among several."""
    try:
        notes = shadow_notes(folder, assignment)
        answer = answer_in(folder, assignment, course)
    except UsageError as error:
        return FoundSubmission(student, assignment, None, (), error.message, folder)
    return FoundSubmission(student, assignment, answer.path, (*answer.notes, *notes), answer.problem, folder)


def read_answer(folder: Path, assignment: str, student: str, exercises: Sequence[Exercise]) -> Submission:
    """Read the file that the one rule chooses in a folder, by what exercises ask for."""
    wanted = [frozenset(exercise.names) for exercise in exercises]
    answer = answer_in(folder, assignment, wanted=wanted)
    return read_submission(FoundSubmission(student, assignment, answer.path, answer.notes, answer.problem))


def shadow_notes(folder: Path, assignment: str) -> tuple[str, ...]:
    """Return advice on files that would be imported in a library's place on the student's own machine.

    The folder is never on the path when a submission is graded.
    """
    libraries = (_LIBRARIES | sys.stdlib_module_names) - {assignment}
    found = [entry for entry in entries(folder) if entry.name.removesuffix(".py") in libraries]
    shadows = [entry for entry in found if entry.suffix == ".py" or (entry / "__init__.py").is_file()]
    return tuple(
        say(
            "{file} would be imported in place of the library {name} on your machine; "
            "rename it (for grading it is ignored)",
            file=as_text(entry.name),
            name=as_text(entry.stem),
        )
        for entry in shadows
    )


def _single(path: Path, course: Course, assignment: str | None) -> FoundSubmission:
    parent = path.absolute().parent
    if path.suffix.lower() not in SUFFIXES and not assignment:
        hint = say("Name a Python module or a notebook.")
        raise UsageError(say("{path} is neither .py nor .ipynb.", path=path), hint=hint)
    stem = without_copy_number(as_text(path.stem))
    named = [name for name in course.names if name.casefold() == stem.casefold()]
    about = assignment or next((name for name in (*named, parent.name) if name in course.names), None)
    if about is None:
        raise UsageError(
            say("Which assignment is {file}? The course has none called {name!r}.", file=path.name, name=path.stem),
            hint=f"{did_you_mean(path.stem, course.names)} "
            + say("Name the file like its assignment, or tell `grader grade` with --assignment."),
        )
    return FoundSubmission(_owner(path, about, course), about, path, shadow_notes(parent, about))


def _owner(path: Path, about: str, course: Course) -> str:
    """Return whose file it is: the student's who was given the course's own folder, else by its folder in a class."""
    parent = path.resolve().parent
    if parent in (course.root.resolve(), course.assignment_folder(about).resolve()):
        return "you"
    return as_text((parent.parent if parent.name in course.names else parent).name)


def _of_root(root: Path, course: Course, names: tuple[str, ...]) -> FoundSubmissions:
    found: list[FoundSubmission] = []
    notes: list[str] = []
    for entry in _folders(root, notes):
        try:
            student = _of_student(entry, course, names)
        except UsageError as error:
            notes.append(error.message)
            continue
        found += student.submissions
        notes += student.notes
        if not student.submissions and not student.notes:
            notes.append(f"{as_text(entry.name)}: holds no folder of an assignment")
    return FoundSubmissions(tuple(found), (*notes, *stray_notes(root)))


def stray_notes(root: Path) -> tuple[str, ...]:
    """Return a note for each module and notebook in the root of a class, where it is nobody's."""
    return tuple(
        f"{as_text(entry.name)} lies in the root of the class: whose is it? Its place is <student>/<assignment>/"
        for entry in entries(root)
        if is_answer_file(as_text(entry.name)) and not entry.is_dir()
    )


def misnamed_notes(root: Path, course: Course) -> tuple[str, ...]:
    """Return a note for each folder of a student that is named like no assignment, under a root of students."""
    notes: list[str] = []
    for student in _folders(root, notes):
        inside = [entry for entry in _folders(student, notes) if entry.name not in course.names]
        notes += [_no_assignment(as_text(student.name), entry, course) for entry in inside]
    return tuple(notes)


def _no_assignment(student: str, entry: Path, course: Course) -> str:
    guess = did_you_mean(entry.name, course.names) if nearest(entry.name, course.names) else ""
    return f"{student}/{as_text(entry.name)}: the course has no such assignment. {guess}".rstrip()


def _of_student(folder: Path, course: Course, names: tuple[str, ...]) -> FoundSubmissions:
    student = as_text(folder.resolve().name)
    notes: list[str] = []
    folders = {entry.name: entry for entry in _folders(folder, notes)}
    found: list[FoundSubmission] = []
    for name in names:
        if name in folders:
            found.append(in_folder(folders[name], name, student, course))
        elif copies_in(folder, name):
            one = in_folder(folder, name, student, course)
            note = say("lies directly in {student}/; its place is {student}/{name}/", student=student, name=name)
            found.append(dataclasses.replace(one, notes=(note, *one.notes)))
    notes += [_no_assignment(student, path, course) for name, path in folders.items() if name not in course.names]
    return FoundSubmissions(tuple(found), tuple(notes))


def _is_student(folder: Path, course: Course) -> bool:
    """Say whether a folder is one student's: it holds folders or files of assignments, not students with such."""
    inside = [folder / name for name in course.names if (folder / name).is_dir()]
    if any((path / name).is_dir() for path in inside for name in course.names):
        return False
    return bool(inside) or any(copies_in(folder, name) for name in course.names if name != folder.resolve().name)


def _folders(folder: Path, notes: list[str]) -> Iterator[Path]:
    for entry in entries(folder):
        if entry.is_symlink():
            notes.append(f"{as_text(folder.name)}/{as_text(entry.name)} is a link and is not followed")
        elif entry.is_dir() and not entry.name.startswith((".", "__")):
            yield entry
