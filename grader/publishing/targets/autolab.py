"""Autolab: autograde.tar and its Makefile, an image with torch, and the lab's problems."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator

from grader.course.loading import load_exercises
from grader.publishing.targets.bundle import (
    GRADING,
    Files,
    graders_course,
    package_files,
    requirements_file,
    template,
    write_files,
)
from grader.publishing.targets.kinds import Plan, Written, refuse_existing

PREFIX = "autograde/"


def release(plan: Plan) -> Iterator[Written]:
    """Write a folder for each assignment, to be used as a lab's folder and as an image's context."""
    folders = {name: plan.directory / name for name in plan.assignments}
    refuse_existing(list(folders.values()), plan.force)
    for name, folder in folders.items():
        write_files(folder, lab(plan, name))
        yield Written(folder, "autograde-Makefile, autograde.tar, Dockerfile, problems")
    yield Written(plan.directory, "a problem of the lab is an exercise: their names must stay those in <lab>.yml")


def lab(plan: Plan, name: str) -> Files:
    """Return the files of one lab."""
    exercises = load_exercises(plan.course.root, name)
    values = {"assignment": name, "title": plan.course.assignment(name).title, "allow_weak": plan.allow_weak}
    inside = package_files(PREFIX) | graders_course(plan.course, name, f"{PREFIX}course/")
    inside[f"{PREFIX}run.sh"] = template("autolab-run.sh", **values)
    problems = [(one.id.partition(".")[2], one.title or one.id, one.points) for one in exercises]
    return {
        "autograde-Makefile": template("autograde-Makefile", **values),
        "autograde.tar": tarred(inside),
        "Dockerfile": template("Dockerfile", user="autolab", **values),
        "requirements.txt": requirements_file(GRADING),
        f"{name}.yml": template("autolab.yml", problems=problems, **values),
    }


def tarred(files: Files) -> bytes:
    """Return a tar file whose course only its owner can read; the same files give the same bytes."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for inside, data in sorted(files.items()):
            info = tarfile.TarInfo(inside)
            info.size, info.mtime = len(data), 0
            info.mode = 0o755 if inside.endswith(".sh") else 0o600 if "/course/" in inside else 0o644
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()
