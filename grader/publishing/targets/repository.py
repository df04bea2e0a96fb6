"""A students' repository, the same for every host but for the file that steers its CI."""

from __future__ import annotations

from collections.abc import Iterator

from grader.publishing.release import release_to_folder
from grader.publishing.targets.bundle import Files, installable, template, write_files
from grader.publishing.targets.kinds import Plan, Written
from grader.records.errors import UsageError

IGNORED = b".grader/\n.venv/\n__pycache__/\n.ipynb_checkpoints/\ngrader-ci/\n"
VENDOR = "vendor"


def students_repository(plan: Plan, steering: Files) -> Iterator[Written]:
    """Write a template repository: stubs, notebooks, checks, this package, a README in each language, and CI.

    Raises `UsageError` where an assignment lies there already, unless forced.
    """
    if (plan.directory / "solutions").exists():
        raise UsageError(
            f"{plan.directory} holds solutions/: that is no folder for students", hint="Name another, empty folder."
        )
    for name in release_to_folder(
        plan.course, plan.directory, plan.assignments, force=plan.force, language=plan.language
    ):
        yield Written(plan.directory / name)
    files = installable(f"{VENDOR}/") | steering | {".gitignore": IGNORED, "README.md": readme(plan)}
    write_files(plan.directory, files)
    yield Written(plan.directory, f"{len(files)} more files: this package in {VENDOR}/, the README, CI")


def readme(plan: Plan) -> bytes:
    """Return the README of students, in each language of the course that there is a text for."""
    listed = [plan.course.assignment(name) for name in plan.assignments]
    languages = (plan.language,) if plan.language else plan.course.languages
    return template(
        "README.md",
        title=plan.course.title,
        assignments=listed,
        languages=[language for language in languages if language in ("en", "ko")] or ["en"],
        install=f"./{VENDOR}",
        pushed=True,
    )
