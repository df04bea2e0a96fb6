"""`grader progress`: one screen for the whole course, from what was checked so far."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from grader.course.settings import Course
    from grader.results.progress import Progress
    from grader.results.render.progress import Part, Standing

EXAMPLES = (
    ("grader progress", "points so far, what is left, and what comes next"),
    ("grader check && grader progress", "after checking everything that you have begun"),
    ("grader progress --json", "for machines"),
)


def progress(
    course: Annotated[Path | None, typer.Option(help="The course's folder; found upwards from here otherwise.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the state as JSON.")] = False,
) -> None:
    """Show how far you are: a bar for each assignment, points, due dates, and the next step.

    It counts what your last checks said; nothing is run. Grading draws further examples.
    """
    import rich

    from grader.course.settings import find_course, load_course, speak_for
    from grader.judging.schedule import cache_directory
    from grader.results.progress import read_progress
    from grader.results.render.progress import parts, standing

    found = load_course(course if course is not None else find_course(Path.cwd()))
    speak_for(found)
    kept = read_progress(cache_directory(found.root))
    standings = [standing(part, kept) for part in course_parts(found)]
    now = datetime.datetime.now(datetime.UTC)
    if as_json:
        typer.echo(_json(found, standings, kept, now))
        return
    rich.print(parts(found.title, standings, kept, now))


def course_parts(course: Course) -> list[Part]:
    """Return the assignments that are here, as progress is counted in them."""
    from grader.course.outline import outline
    from grader.judging.schedule import cache_directory
    from grader.results.render.progress import Part

    cache = cache_directory(course.root)
    return [
        Part(one.name, one.title, tuple((each.id, each.points) for each in outline(course, one.name, cache)), one.due)
        for one in course.assignments
        if course.assignment_folder(one.name).is_dir()
    ]


def _json(course: Course, standings: list[Standing], kept: Progress, now: datetime.datetime) -> str:
    import msgspec

    from grader.results.render.progress import next_exercise

    state = {
        "course": course.id,
        "next": next_exercise(standings, now),
        "assignments": [
            {
                "name": one.part.name,
                "points": one.points,
                "max_points": one.max_points,
                "due": one.part.due,
                "exercises": {
                    name: kept.attempts[name].outcome if name in kept.attempts else None
                    for name, _ in one.part.exercises
                },
            }
            for one in standings
        ],
    }
    return msgspec.json.format(msgspec.json.encode(state), indent=1).decode()
