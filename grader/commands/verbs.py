"""The verbs of the command line: a module each, imported when its verb is used.

A module `grader/commands/<verb>.py` has a function of the verb's name (see `function_name`), annotated as typer wants
it; its docstring is the help. `EXAMPLES` are pairs of a command line and what it does, shown below the help.
"""

from __future__ import annotations

import keyword
from pathlib import Path

AUTHORS, STUDENTS, INSTRUCTORS = "Authors", "Students", "Instructors"

VERBS: dict[str, tuple[str, str]] = {
    "check": (STUDENTS, "Check your answers against the public examples."),
    "watch": (STUDENTS, "Check again whenever you save."),
    "hint": (STUDENTS, "Show the next hint of an exercise."),
    "list": (STUDENTS, "List the course: assignments, exercises, points, time."),
    "progress": (STUDENTS, "Show how far you are through the course."),
    "submit": (STUDENTS, "Pack what the assignment wants, and get a receipt."),
    "grade": (INSTRUCTORS, "Grade one submission or a whole class."),
    "regrade": (INSTRUCTORS, "Grade again, and see who moves before anything is written."),
    "history": (INSTRUCTORS, "Show who changed a result, when, and with what."),
    "release": (INSTRUCTORS, "Make what students get, without any solution."),
    "collect": (INSTRUCTORS, "Gather submissions from an exchange, zip files or repositories."),
    "report": (INSTRUCTORS, "Render the results of an earlier grading."),
    "total": (INSTRUCTORS, "Compute grades: late days, extensions, weights, what is dropped."),
    "similar": (INSTRUCTORS, "List submissions that are alike, to look at them."),
    "export": (INSTRUCTORS, "Write results for another system."),
    "verify": (INSTRUCTORS, "Check a receipt of `grader submit` against what was handed in."),
    "ci": (INSTRUCTORS, "Grade what changed, as CI services show it."),
    "demo": (INSTRUCTORS, "Grade the sample class."),
    "new": (AUTHORS, "Begin an assignment: source, checks and mistakes that work at once."),
    "build": (AUTHORS, "Generate stubs, notebooks and public examples."),
    "doctor": (AUTHORS, "Let the course prove itself: references pass, wrong answers fail."),
}
"""Verb to (who uses it, one sentence), in the order of the help."""


SPEAKING = frozenset(
    (
        "check",
        "watch",
        "hint",
        "list",
        "progress",
        "doctor",
        "submit",
        "grade",
        "regrade",
        "history",
        "report",
        "ci",
        "verify",
    )
)
"""Verbs with an option `--lang`: students read what these print or write."""


def available() -> list[str]:
    """Return the verbs whose modules exist, in the order of the help.

    >>> "build" in available()
    True
    """
    folder = Path(__file__).parent
    return [verb for verb in VERBS if (folder / f"{verb}.py").is_file()]


def function_name(verb: str) -> str:
    """Return the name of a verb's function in its module: the verb, with `_` after a Python keyword.

    >>> function_name("grade")
    'grade'
    """
    return f"{verb}_" if keyword.iskeyword(verb) else verb
