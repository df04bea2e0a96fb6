"""PrairieLearn: a question for each assignment, graded externally in an image with torch."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator

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

SECONDS = 600
"""The most that PrairieLearn lets external grading take."""
IMAGE = "grader-torch"


def release(plan: Plan) -> Iterator[Written]:
    """Write `questions/<assignment>/` for each assignment, and `docker/` with the image that they name."""
    folders = {name: plan.directory / "questions" / name for name in plan.assignments}
    refuse_existing(list(folders.values()), plan.force)
    for name, folder in folders.items():
        write_files(folder, question(plan, name), frozenset({"tests/run.sh"}))
        yield Written(folder)
    values = {"user": "root", "assignment": "", "title": plan.course.title}
    needed = requirements_file(GRADING)
    write_files(plan.directory / "docker", {"Dockerfile": template("Dockerfile", **values), "requirements.txt": needed})
    yield Written(
        plan.directory / "docker",
        f"build and push this image, and name it in each info.json in place of {IMAGE}: the stock images lack torch",
    )


def question(plan: Plan, name: str) -> Files:
    """Return the files of one question."""
    values = {"assignment": name, "title": plan.course.assignment(name).title, "allow_weak": plan.allow_weak}
    info = {
        "uuid": str(uuid.uuid5(uuid.NAMESPACE_URL, f"grader:{plan.course.id}:{name}")),
        "title": values["title"],
        "topic": plan.course.title,
        "type": "v3",
        "singleVariant": True,
        "gradingMethod": "External",
        "externalGradingOptions": {
            "enabled": True,
            "image": IMAGE,
            "entrypoint": "/grade/tests/run.sh",
            "timeout": SECONDS,
            "enableNetworking": False,
        },
    }
    files = {
        "info.json": json.dumps(info, indent=2, ensure_ascii=False).encode() + b"\n",
        "question.html": template("question.html", **values),
        "tests/run.sh": template("prairielearn-run.sh", **values),
    }
    return files | package_files("tests/") | graders_course(plan.course, name, "tests/course/")
