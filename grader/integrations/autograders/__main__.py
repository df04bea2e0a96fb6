"""`python -m grader.integrations.autograders KIND ASSIGNMENT`: grade one submission inside another system."""

from __future__ import annotations

import argparse
import dataclasses
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from grader.integrations.autograders.platforms import PLATFORMS, Platform, student_of, usable_cache
from grader.records.errors import EXIT_OK, EXIT_OURS, GraderError


@dataclasses.dataclass(frozen=True)
class Request:
    """What is asked for, with every path settled."""

    platform: Platform
    assignment: str
    course: Path
    submission: Path
    results: Path | None
    student: str
    allow_weak: bool


def main(arguments: list[str]) -> int:
    """Grade and write the results; return the exit code. Results that are not there are never zeros."""
    request = _request(arguments, dict(os.environ))
    try:
        return _run(request)
    except GraderError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code


def _request(arguments: list[str], environment: Mapping[str, str]) -> Request:
    parser = argparse.ArgumentParser(prog="python -m grader.integrations.autograders", description=main.__doc__)
    parser.add_argument("kind", choices=sorted(PLATFORMS))
    parser.add_argument("assignment")
    parser.add_argument("--root", type=Path, help="Instead of the folder that the system uses.")
    parser.add_argument("--course", type=Path)
    parser.add_argument("--submission", type=Path)
    parser.add_argument("--allow-weak", action="store_true", help="Although student code cannot be locked down here.")
    given = parser.parse_args(arguments)
    platform = PLATFORMS[given.kind]
    root = given.root or Path(environment.get("GRADER_AUTOGRADER_ROOT") or platform.root or ".")
    return Request(
        platform,
        given.assignment,
        given.course or root / platform.course,
        given.submission or root / platform.submission,
        root / platform.results if platform.results else None,
        student_of(platform, root, environment),
        given.allow_weak or platform.public,
    )


def _run(request: Request) -> int:
    from grader.course.settings import load_course
    from grader.integrations.autograders.grading import Job, grade_one_by_one
    from grader.integrations.autograders.publishing import finish, publisher
    from grader.integrations.ci.environment import clean_environment

    environment = dict(os.environ)
    clean_environment(os.environ)
    cache = usable_cache(request.course)
    if cache is not None:
        os.environ["GRADER_CACHE"] = cache
    course = load_course(request.course)
    course.assignment(request.assignment)
    job = Job(
        course, request.assignment, request.submission, request.student, request.platform.public, request.allow_weak
    )
    sheet = grade_one_by_one(job, publisher(course, request.platform, request.results))
    finish(request.platform, sheet, request.results, environment)
    return EXIT_OK if sheet.entries[0].points is not None else EXIT_OURS


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
