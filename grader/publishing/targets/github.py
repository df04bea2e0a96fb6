"""GitHub: a template repository for students; a workflow with the hidden checks for the instructors' private one."""

from __future__ import annotations

from collections.abc import Iterator

from grader.publishing.targets.bundle import installable, template, write_files
from grader.publishing.targets.kinds import Plan, Written, refuse_existing
from grader.publishing.targets.repository import VENDOR, students_repository
from grader.records.errors import UsageError

CHECK = ".github/workflows/check.yml"
GRADE, GRADE_CLASS = ".github/workflows/grade.yml", ".github/workflows/grade-class.yml"


def release(plan: Plan) -> Iterator[Written]:
    """Write the template repository, and with `plan.grading` the instructors' workflows into their repository.

    The hidden checks stay there: the submission is checked out as data, and students' workflows call nothing of it.
    """
    if plan.grading is not None and not (plan.grading / "course.toml").is_file():
        raise UsageError(
            f"{plan.grading} is no course: it has no course.toml",
            hint="--grading names the checkout of your private course repository, such as .",
        )
    yield from students_repository(plan, {CHECK: template("check.yml", vendor=VENDOR)})
    if plan.grading is not None:
        yield from grading_workflows(plan)


def grading_workflows(plan: Plan) -> Iterator[Written]:
    """Write the two workflows that grade with hidden checks, and this package, into the instructors' repository."""
    assert plan.grading is not None
    refuse_existing([plan.grading / name for name in (GRADE, GRADE_CLASS)], plan.force)
    files = {name: template(name.rpartition("/")[2], vendor=VENDOR) for name in (GRADE, GRADE_CLASS)}
    write_files(plan.grading, files | installable(f"{VENDOR}/"))
    yield Written(
        plan.grading,
        f"{GRADE} and {GRADE_CLASS}: keep this repository private, and set its secrets SUBMISSIONS_TOKEN "
        "(may read the students' repositories) and GRADER_SEED",
    )
