"""An nbgrader course made of ours, through nbgrader's own generate and release steps."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from grader.course.annotated import read_annotated
from grader.course.loading import load_exercises
from grader.course.settings import Course
from grader.integrations.nbgrader.config import FILENAME, NbCourse, config_text, open_nbcourse
from grader.integrations.nbgrader.gradebook import (
    alembic_on_path,
    check_gradebook,
    create_gradebook,
    open_gradebook,
    patiently,
)
from grader.integrations.nbgrader.installed import require_nbgrader
from grader.integrations.nbgrader.source import source_notebook
from grader.publishing.release import check_no_leak, files_below, public_files, require_fresh
from grader.records.errors import AuthorError, UsageError
from grader.records.writing import write_atomically


@dataclasses.dataclass(frozen=True)
class Released:
    """One assignment as it was released."""

    assignment: str
    folder: Path
    """nbgrader's `release` folder of it."""
    outbound: Path | None
    """Where students fetch it, None when it was not put into an exchange."""
    files: tuple[str, ...]
    points: float


def release_to_nbgrader(
    course: Course,
    directory: Path,
    names: Sequence[str],
    *,
    exchange: Path | None = None,
    force: bool = False,
) -> Iterator[Released]:
    """Build the nbgrader course in `directory` where there is none, and release assignments in it.

    Settings that lie there are kept. With `force` an assignment that was released before is released again.
    Raises `UsageError` for what nbgrader refuses, `AuthorError` when the course is broken or stale, or when a line of
    a solution, a hidden probe or the seed would reach students: then nothing of that assignment is left there.
    """
    require_nbgrader()
    for name in names:
        require_fresh(course, name)
    directory.mkdir(parents=True, exist_ok=True)
    if not (directory / FILENAME).exists():
        write_atomically(directory / FILENAME, config_text(course, exchange).encode())
    target = open_nbcourse(directory)
    create_gradebook(target.db_url, target.id)
    check_gradebook(target.db_url)
    for name in names:
        yield _release(course, target, name, force)


def _release(course: Course, target: NbCourse, name: str, force: bool) -> Released:
    annotated = read_annotated(course.solution_folder(name) / f"{name}.py").in_languages(course.languages)
    exercises = load_exercises(course.root, name)
    source = target.folder("source", ".", name)
    _write_source(course, source, name, source_notebook(annotated, exercises))
    _set_due(course, target, name)
    with alembic_on_path():
        api = _api(target, force)
        _must(api.generate_assignment(name), f"generate {name}")
        released = target.folder("release", ".", name)
        try:
            check_no_leak(course, name, released)
        except AuthorError:
            shutil.rmtree(released)
            raise
        _must(api.release_assignment(name), f"release {name}")
    outbound = Path(api.exchange_root) / target.id / "outbound" / name
    return Released(
        assignment=name,
        folder=released,
        outbound=outbound if outbound.is_dir() else None,
        files=tuple(files_below(released)),
        points=sum(exercise.points for exercise in exercises),
    )


def notebook_company(course: Course, name: str) -> dict[str, Path]:
    """Return what students get beside the notebook, by path below their folder: it is a small course of its own."""
    files = public_files(course, name)
    module = files.pop(f"assignments/{name}/{name}.py")
    files.pop(f"assignments/{name}/{name}.ipynb")
    return files | {f"{name}.py": module}


def _write_source(course: Course, source: Path, name: str, notebook: dict[str, Any]) -> None:
    """Put the notebook and the public files into `source/`, and take out what a former release left there."""
    files = notebook_company(course, name)
    if (source / "assignments").is_dir():
        shutil.rmtree(source / "assignments")
    for inside, path in files.items():
        target = source / inside
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(target, path.read_bytes())
    text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    write_atomically(source / f"{name}.ipynb", text.encode())


def _set_due(course: Course, target: NbCourse, name: str) -> None:
    due = course.assignment(name).due
    with open_gradebook(target.db_url, target.id) as gradebook:
        options = {} if due is None else {"duedate": _utc(due)}
        patiently(target.db_url, lambda: gradebook.update_or_create_assignment(name, **options))


def _utc(moment: Any) -> Any:
    """Return a moment as nbgrader keeps it: in UTC and without saying so."""
    import datetime

    return moment.astimezone(datetime.UTC).replace(tzinfo=None)


def _api(target: NbCourse, force: bool) -> Any:
    from nbgrader.apps import NbGraderAPI

    config = target.config.copy()
    config.ExchangeReleaseAssignment.force = force
    api = NbGraderAPI(config=config)
    api.log_level = "CRITICAL"
    return api


def _must(result: dict[str, Any] | None, what: str) -> None:
    """Raise `UsageError` with nbgrader's own words when a step of its API failed."""
    if result is None or result["success"]:
        return
    log = [line for line in str(result.get("log", "")).splitlines() if re.match(r"\[(ERROR|CRITICAL)\]", line)]
    last = str(result.get("error", "")).strip().splitlines()[-1:]
    reason = " ".join(re.sub(r"^\[\w+\] ", "", line) for line in log[-1:]) or "".join(last)
    hint = None
    if "already exists" in reason:
        hint = "Release it again with --force."
    elif "Cannot add or remove cells" in reason or "Cannot modify" in reason:
        hint = "Students handed it in already: an assignment with submissions keeps its cells."
    raise UsageError(f"nbgrader could not {what}: {reason}", hint=hint)
