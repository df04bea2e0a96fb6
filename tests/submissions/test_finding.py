"""Submissions are found in every layout, and what is odd about them is said."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from grader.course.settings import Course, load_course
from grader.records.errors import UsageError
from grader.submissions.finding import FoundSubmissions, Submission, find_submissions, read_file, read_submission
from tests.courses import write, write_settings

NOTEBOOK = json.dumps({"nbformat": 4, "cells": [{"cell_type": "code", "source": "x = 2"}]})


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return load_course(write_settings(tmp_path / "course", "einsum", "loaders"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "submitted"


def listed(found: FoundSubmissions) -> list[tuple[str, str, str | None]]:
    return [(one.student, one.assignment, one.path.name if one.path else None) for one in found.submissions]


def only(found: FoundSubmissions) -> Submission:
    (one,) = found.submissions
    return read_submission(one)


def test_a_class(course: Course, root: Path) -> None:
    write(root / "bob/loaders/loaders.py", "x = 1")
    write(root / "ada/loaders/loaders.ipynb", NOTEBOOK)
    write(root / "ada/einsum/einsum.py", "x = 1")
    write(root / "ada/einsum/timestamp.txt", "2026-03-09")
    write(root / "ada/.git/HEAD", "")
    write(root / "README.md", "")
    found = find_submissions(root, course)
    assert listed(found) == [
        ("ada", "einsum", "einsum.py"),
        ("ada", "loaders", "loaders.ipynb"),
        ("bob", "loaders", "loaders.py"),
    ]
    assert found.notes == ()
    assert [read_submission(one).cells for one in found.submissions] == [("x = 1",), ("x = 2",), ("x = 1",)]
    assert listed(find_submissions(root, course, "einsum")) == [("ada", "einsum", "einsum.py")]


def test_smaller_targets(course: Course, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(root / "ada/einsum/einsum.py", "x = 1")
    write(root / "ada/loaders/loaders.py", "x = 1")
    assert listed(find_submissions(root / "ada", course)) == [
        ("ada", "einsum", "einsum.py"),
        ("ada", "loaders", "loaders.py"),
    ]
    assert listed(find_submissions(root / "ada/einsum", course)) == [("ada", "einsum", "einsum.py")]
    assert listed(find_submissions(path, course)) == [("ada", "einsum", "einsum.py")]
    monkeypatch.chdir(root / "ada/einsum")
    assert listed(find_submissions(Path(), course)) == [("ada", "einsum", "einsum.py")]
    assert listed(find_submissions(Path("einsum.py"), course)) == [("ada", "einsum", "einsum.py")]


def test_a_file_of_another_name(course: Course, root: Path) -> None:
    path = write(root / "ada/answer.py", "x = 1")
    assert listed(find_submissions(path, course, "einsum")) == [("ada", "einsum", "answer.py")]
    inside = write(root / "ada/einsum/answer.py", "x = 1")
    assert listed(find_submissions(inside, course)) == [("ada", "einsum", "answer.py")]
    near = write(root / "ada/einsun.py", "x = 1")
    with pytest.raises(UsageError) as caught:
        find_submissions(near, course)
    assert caught.value.message == "Which assignment is einsun.py? The course has none called 'einsun'."
    assert caught.value.hint == (
        "Did you mean 'einsum'? Name the file like its assignment, or tell `grader grade` with --assignment."
    )


def test_what_cannot_be_a_target(course: Course, root: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        find_submissions(root, course)
    with pytest.raises(UsageError, match=r"notes\.txt is neither \.py nor \.ipynb\."):
        find_submissions(write(root / "notes.txt", ""), course)
    with pytest.raises(UsageError, match="no assignment 'einsun'"):
        find_submissions(root, course, "einsun")


def test_a_folder_without_its_file(course: Course, root: Path) -> None:
    write(root / "ada/einsum/timestamp.txt", "")
    assert only(find_submissions(root, course)) == Submission(
        "ada", "einsum", "", (), (), "there is no einsum.py or einsum.ipynb in the folder"
    )
    write(root / "ada/einsum/homework.py", "")
    assert only(find_submissions(root, course)).problem == (
        "there is no einsum.py or einsum.ipynb, only homework.py: rename your file"
    )


def test_folders_that_are_no_assignment(course: Course, root: Path) -> None:
    write(root / "ada/einsun/einsum.py", "x = 1")
    write(root / "ada/pictures/cat.png", b"\x89")
    (root / "bob").mkdir()
    found = find_submissions(root, course)
    assert found.submissions == ()
    assert found.notes == (
        "ada/einsun: the course has no such assignment. Did you mean 'einsum'?",
        "ada/pictures: the course has no such assignment.",
        "bob: holds no folder of an assignment",
    )


def test_files_directly_in_a_students_folder(course: Course, root: Path) -> None:
    write(root / "ada/einsum.py", "x = 1")
    read = only(find_submissions(root, course))
    assert (read.student, read.cells) == ("ada", ("x = 1",))
    assert read.notes == ("lies directly in ada/; its place is ada/einsum/",)


def test_the_case_of_a_name_is_forgiven(course: Course, root: Path) -> None:
    write(root / "ada/einsum/Einsum.PY", "x = 1")
    read = only(find_submissions(root, course))
    assert read.cells == ("x = 1",)
    assert read.notes == ("Einsum.PY is read as einsum.py: use that name",)


def code(source: str) -> str:
    return json.dumps({"nbformat": 4, "cells": [{"cell_type": "code", "source": source}]})


def both(course: Course, root: Path, module: str, notebook: str, newer: str) -> Submission:
    write(course.root / "assignments/einsum/einsum.py", "x = 1")
    write(course.root / "assignments/einsum/einsum.ipynb", NOTEBOOK)
    write(root / "ada/einsum/einsum.py", module)
    write(root / "ada/einsum/einsum.ipynb", notebook)
    for name in ("einsum.py", "einsum.ipynb"):
        moment = 2_000 if name == newer else 1_000
        os.utime(root / "ada/einsum" / name, (moment, moment))
    return only(find_submissions(root, course))


def test_of_two_files_the_one_with_more_answers_is_graded(course: Course, root: Path) -> None:
    done, stub = "def f():\n    return 1", "def f():\n    raise NotImplementedError"
    read = both(course, root, done, code(stub), newer="einsum.ipynb")
    assert read.cells == (done,)
    assert read.notes == ("graded: einsum.py, not einsum.ipynb: it answers 1 function, einsum.ipynb answers none",)
    assert both(course, root, stub, code(done), newer="einsum.py").cells == (done,)


def test_of_two_equals_the_newer_is_graded(course: Course, root: Path) -> None:
    read = both(course, root, "x = 3", NOTEBOOK.replace("2", "7"), newer="einsum.py")
    assert read.cells == ("x = 3",)
    assert read.notes == ("graded: einsum.py, not einsum.ipynb: both answer 1 function, and it is the newer one",)
    assert both(course, root, "x = 3", NOTEBOOK.replace("2", "7"), newer="einsum.ipynb").cells == ("x = 7",)
    assert both(course, root, "x = 3", NOTEBOOK.replace("2", "7"), newer="").cells == ("x = 7",)


def test_an_unreadable_file_never_counts_beside_a_readable_one(course: Course, root: Path) -> None:
    read = both(course, root, "def f(:", NOTEBOOK, newer="einsum.py")
    assert (read.problem, read.source) == (None, "einsum.ipynb")
    assert read.notes == ("graded: einsum.ipynb, not einsum.py: einsum.py, line 1: invalid syntax",)


@pytest.mark.parametrize(
    "name", ["einsum (1).ipynb", "einsum-Copy1.ipynb", "EINSUM.IPYNB", "Copy of einsum.ipynb", "einsum-김철수.ipynb"]
)
def test_copies_and_renamed_files_are_the_answer(course: Course, root: Path, name: str) -> None:
    write(root / "ada/einsum" / name, NOTEBOOK)
    read = only(find_submissions(root, course))
    assert (read.cells, read.problem) == (("x = 2",), None)
    assert read.notes == (f"{name} is read as einsum.ipynb: use that name",)


def test_shadows_of_libraries_are_noted(course: Course, root: Path) -> None:
    write(root / "ada/einsum/einsum.py", "x = 1")
    write(root / "ada/einsum/torch.py", "x = 1")
    write(root / "ada/einsum/random.py", "x = 1")
    write(root / "ada/einsum/numpy/__init__.py", "")
    write(root / "ada/einsum/data/x.txt", "")
    assert only(find_submissions(root, course)).notes == tuple(
        f"{name} would be imported in place of the library {library} on your machine; "
        "rename it (for grading it is ignored)"
        for name, library in [("numpy", "numpy"), ("random.py", "random"), ("torch.py", "torch")]
    )


def test_links_are_not_followed(course: Course, root: Path, tmp_path: Path) -> None:
    write(root / "ada/einsum/einsum.py", "x = 1")
    (root / "eve").mkdir()
    (root / "eve/einsum").symlink_to(root / "ada/einsum")
    (root / "mallory").symlink_to(root / "ada")
    found = find_submissions(root, course)
    assert listed(found) == [("ada", "einsum", "einsum.py")]
    assert found.notes == (
        "eve/einsum is a link and is not followed",
        "submitted/mallory is a link and is not followed",
    )
    write(tmp_path / "reference.py", "secret = 1")
    (root / "ada/einsum/einsum.py").unlink()
    (root / "ada/einsum/einsum.py").symlink_to(tmp_path / "reference.py")
    read = only(find_submissions(root / "ada", course))
    assert (read.cells, read.problem) == ((), "einsum.py is a link; hand in the file itself")


def test_names_of_odd_bytes_become_text(course: Course, root: Path) -> None:
    folder = os.fsencode(root) + b"/\xffda/einsum"
    os.makedirs(folder)
    with open(folder + b"/einsum.py", "w") as file:
        file.write("x = 1")
    read = only(find_submissions(root, course))
    assert (read.student, read.cells) == ("\ufffdda", ("x = 1",))


def test_an_unreadable_folder_costs_nobody_else(course: Course, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root / "ada/einsum/einsum.py", "x = 1")
    write(root / "bob/einsum/einsum.py", "x = 1")
    listing = Path.iterdir

    def refuse(path: Path) -> object:
        if path.parts[-2:] == ("ada", "einsum"):
            raise PermissionError(13, "Permission denied")
        return listing(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    ada, bob = (read_submission(one) for one in find_submissions(root, course).submissions)
    assert ada.problem == f"{root}/ada/einsum cannot be read: Permission denied."
    assert bob.problem is None


def test_read_file(tmp_path: Path) -> None:
    read = read_file(write(tmp_path / "answer.py", "x = 1"), "einsum", "ada")
    assert read == Submission("ada", "einsum", "answer.py", ("x = 1",))


def test_nothing_is_executed(tmp_path: Path, course: Course) -> None:
    trap = tmp_path / "executed"
    read = read_file(write(tmp_path / "einsum.py", f"open({str(trap)!r}, 'w')"), "einsum")
    assert read.problem is None
    assert not trap.exists()
