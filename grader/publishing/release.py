"""What students get of a course: everything under `assignments/` and the settings, nothing under `solutions/`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.course.annotated import leaks, read_annotated
from grader.course.settings import FILENAME, Course
from grader.publishing.build import stale_files
from grader.publishing.one_language import in_one_language
from grader.records.errors import AuthorError, UsageError
from grader.records.writing import write_atomically

_CACHES = frozenset({"__pycache__"})


def release_to_folder(
    course: Course, directory: Path, names: Sequence[str], *, force: bool = False, language: str = ""
) -> Iterator[str]:
    """Write a students' checkout of these assignments into a folder and yield each path written below it.

    With `language` it is in that one of the course's languages alone.
    Raises `UsageError` when an assignment lies there already, unless forced: students may work there; `AuthorError`
    when the course is stale or a line of a solution would reach students: then nothing of that assignment is written.
    """
    for name in names:
        require_fresh(course, name)
        if (directory / "assignments" / name).exists() and not force:
            raise UsageError(
                f"{directory / 'assignments' / name} is there already.", hint="Write over it with --force."
            )
    for name in names:
        scratch = directory / f".{name}.new"
        try:
            for inside, path in public_files(course, name).items():
                content = in_one_language(inside, path.read_bytes(), language) if language else path.read_bytes()
                if content is not None:
                    (scratch / inside).parent.mkdir(parents=True, exist_ok=True)
                    (scratch / inside).write_bytes(content)
            check_no_leak(course, name, scratch)
            for inside in files_below(scratch):
                (directory / inside).parent.mkdir(parents=True, exist_ok=True)
                write_atomically(directory / inside, (scratch / inside).read_bytes())
                yield inside
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def public_files(course: Course, name: str) -> dict[str, Path]:
    """Return the files of an assignment that students get, by path below their folder."""
    folder = course.assignment_folder(name)
    found = {FILENAME: course.root / FILENAME}
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        skipped = any(part in _CACHES or part.startswith(".") for part in inside.parts)
        if path.is_file() and not path.is_symlink() and not skipped:
            found[f"assignments/{name}/{inside.as_posix()}"] = path
    return found


def check_no_leak(course: Course, name: str, folder: Path) -> None:
    """Raise `AuthorError` when a folder for students holds a line of a solution, a hidden probe or the seed."""
    annotated = read_annotated(course.solution_folder(name) / f"{name}.py")
    secrets = _secrets(course, name)
    for inside in files_below(folder):
        data = (folder / inside).read_bytes()
        text = _text_of(inside, data)
        found = leaks(annotated, text, whole_lines=inside.endswith((".py", ".toml")))
        found += [what for what, secret in secrets if secret.encode() in data]
        if found:
            raise AuthorError(
                f"{inside} would give students of {name}: {found[0]}",
                hint="Nothing was released. Say it in other words there, or leave it out.",
            )


def _secrets(course: Course, name: str) -> list[tuple[str, str]]:
    found = [("the secret seed", course.seed())]
    hidden = course.solution_folder(name) / "hidden.py"
    if hidden.is_file():
        lines = hidden.read_text(encoding="utf-8").splitlines()
        found += [(f"hidden.py: {line.strip()}", line.strip()) for line in lines if "@further(" in line]
    return found


def _text_of(inside: str, data: bytes) -> str:
    """Return a file's text, of a notebook that of its cells; bytes that are no text give what they can."""
    text = data.decode("utf-8", "replace")
    if not inside.endswith(".ipynb"):
        return text
    return "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])


def require_fresh(course: Course, name: str) -> None:
    """Raise `AuthorError` when a generated file of an assignment is missing or stale."""
    stale = stale_files(course, name)
    if stale:
        path, why = stale[0]
        raise AuthorError(f"{path} {why}.", hint=f"Run `grader build {name}` before the release.")


def files_below(folder: Path) -> list[str]:
    """Return the paths of all files below a folder, sorted."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
