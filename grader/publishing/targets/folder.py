"""A folder for students, with what they need to begin: a README, the libraries to install, settings of an editor."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import grader
from grader.course.settings import Course
from grader.course.setup_cell import DISTRIBUTION
from grader.publishing.release import release_to_folder
from grader.publishing.targets.bundle import Files, template
from grader.publishing.targets.repository import IGNORED
from grader.records.errors import UsageError
from grader.records.writing import write_atomically

MARK = b"<!-- Written by grader release: without this line it is kept as it is. -->\n"
EDITOR = {
    "python.testing.pytestEnabled": True,
    "python.testing.unittestEnabled": False,
    "python.testing.pytestArgs": ["assignments"],
    "files.exclude": {".grader": True, "**/__pycache__": True},
}
"""VS Code's: each exercise is a test in its explorer."""


def students_folder(
    course: Course, directory: Path, names: Sequence[str], *, force: bool = False, language: str = ""
) -> Iterator[str]:
    """Write a students' folder and yield each path written below it. Raises as `release_to_folder` does.

    What lies there already is kept, but for a README that an earlier release wrote: it lists every assignment there.
    Raises `UsageError` where the folder holds solutions.
    """
    if (directory / "solutions").exists():
        raise UsageError(
            f"{directory} holds solutions/: that is no folder for students", hint="Name another, empty folder."
        )
    yield from release_to_folder(course, directory, names, force=force, language=language)
    languages = (language,) if language else course.languages
    for inside, content in _beginning(course, directory, languages).items():
        path = directory / inside
        if not path.exists() or (inside == "README.md" and path.read_bytes().startswith(MARK)):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, content)
            yield inside


def _beginning(course: Course, directory: Path, languages: Sequence[str]) -> Files:
    here = [one for one in course.assignments if (directory / "assignments" / one.name).is_dir()]
    readme = template(
        "README.md",
        title=course.title,
        assignments=here,
        languages=[language for language in languages if language in ("en", "ko")] or ["en"],
        install="-r requirements.txt",
        pushed=False,
    )
    return {
        "README.md": MARK + readme,
        "requirements.txt": f"{DISTRIBUTION}[watch]>={grader.__version__}\npytest>=8.3\n".encode(),
        ".gitignore": IGNORED,
        ".vscode/settings.json": json.dumps(EDITOR, indent=2).encode() + b"\n",
    }
