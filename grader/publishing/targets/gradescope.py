"""Gradescope: the zip file of an autograder, references included: only instructors can download it there."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from grader.publishing.targets.bundle import GRADING, Files, graders_course, package_files, requirements_file, template
from grader.publishing.targets.kinds import Plan, Written, refuse_existing
from grader.records.errors import UsageError

SCRIPTS = ("setup.sh", "run_autograder")
SECONDS = 540
"""After which grading is ended and what was judged so far stands: below Gradescope's default of ten minutes."""
_MOMENT = (2026, 1, 1, 0, 0, 0)
"""Of every file: the same course gives the same zip."""


def release(plan: Plan) -> Iterator[Written]:
    """Write one zip file for each assignment. Raises `UsageError` when one file is named for several."""
    paths = _paths(plan)
    refuse_existing(list(paths.values()), plan.force)
    for name, path in paths.items():
        from grader.records.writing import write_atomically

        data = packed(contents(plan, name))
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, data)
        yield Written(path, f"{name}, {len(data) / 1e6:.1f} MB")
    yield Written(
        plan.directory,
        "in Gradescope's autograder settings choose a container of at least 2 GB (torch does not fit into the default) "
        "and a time-out of 10 minutes or more; the zip holds references and seed: give it to nobody",
    )


def contents(plan: Plan, name: str) -> Files:
    """Return the files of one assignment's autograder."""
    values = {"assignment": name, "seconds": SECONDS, "allow_weak": plan.allow_weak}
    scripts = {script: template(script, **values) for script in SCRIPTS}
    needed = requirements_file(GRADING)
    return scripts | {"requirements.txt": needed} | package_files() | graders_course(plan.course, name, "course/")


def packed(files: Files) -> bytes:
    """Return a zip whose scripts can be run and whose course only its owner can read."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for inside, data in sorted(files.items()):
            info = zipfile.ZipInfo(inside, _MOMENT)
            mode = 0o755 if inside in SCRIPTS else 0o600 if inside.startswith("course/") else 0o644
            info.external_attr = (0o100000 | mode) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return buffer.getvalue()


def _paths(plan: Plan) -> dict[str, Path]:
    if plan.directory.suffix.lower() != ".zip":
        return {name: plan.directory / f"{name}.zip" for name in plan.assignments}
    if len(plan.assignments) != 1:
        raise UsageError(
            f"{plan.directory} is one zip file, and {len(plan.assignments)} assignments are to be released",
            hint=f"Name one: grader release --to gradescope {plan.directory} {plan.assignments[0]}; or name a folder.",
        )
    return {plan.assignments[0]: plan.directory}
