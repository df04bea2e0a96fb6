"""Classroom 50: an autograder with the public examples alone, since students can read all that is in its bundle."""

from __future__ import annotations

from collections.abc import Iterator

from grader.publishing.release import check_no_leak
from grader.publishing.targets.bundle import (
    Files,
    package_files,
    requirements_file,
    students_course,
    template,
    write_files,
)
from grader.publishing.targets.kinds import Plan, Written, refuse_existing
from grader.records.errors import AuthorError

MAX_BYTES = 10_000_000
"""Of a bundle."""


def release(plan: Plan) -> Iterator[Written]:
    """Write `autograders/<assignment>/` for each assignment.

    Raises `AuthorError` when a bundle is too large or a line of a solution would be in it.
    """
    folders = {name: plan.directory / "autograders" / name for name in plan.assignments}
    refuse_existing(list(folders.values()), plan.force)
    for name, folder in folders.items():
        files = bundle(plan, name)
        size = sum(map(len, files.values()))
        if size > MAX_BYTES:
            raise AuthorError(
                f"the bundle of {name} is {size} bytes; Classroom 50 takes {MAX_BYTES}",
                hint="Fewer or smaller public examples: [examples] public in course.toml, then grader build.",
            )
        write_files(folder, files)
        check_no_leak(plan.course, name, folder / "course")
        yield Written(folder, f"{size / 1e6:.1f} MB")
    yield Written(
        plan.directory,
        "students can read all that is in these bundles, so they hold the public examples only: the grades that count "
        "come from `grader collect` and `grader grade` on the collected repositories",
    )


def bundle(plan: Plan, name: str) -> Files:
    """Return the files of one assignment's autograder."""
    values = {"assignment": name, "title": plan.course.title}
    needed = requirements_file()
    files = {"autograder.py": template("autograder.py", **values), "requirements.txt": needed}
    files["README.md"] = template("classroom50.md", **values)
    return files | package_files() | students_course(plan.course, name, "course/")
