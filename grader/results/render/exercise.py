"""One exercise as plain text, for places without colours: a notebook's output, a gradebook's comment."""

from __future__ import annotations

import functools
import io

import msgspec
from rich.console import Console

from grader.records.text.clean import clean
from grader.records.text.language import language
from grader.results.render.detail import earlier_text, explanation
from grader.results.render.words import OUTCOMES, count, points_text, short_name
from grader.results.report import ExerciseReport


def exercise_text(exercise: ExerciseReport, width: int = 100) -> str:
    """Return one line on an exercise that passed, an explanation of one that did not.

    What a student is shown must have gone through `grader.results.report.for_audience` first.
    """
    return _text(msgspec.structs.replace(exercise, seconds=0.0), width, language())


@functools.lru_cache(maxsize=1024)  # a notebook's output and the gradebook's comment show the same, to many students
def _text(exercise: ExerciseReport, width: int, spoken: str) -> str:
    word = OUTCOMES[exercise.outcome]
    if exercise.outcome == "passed" and not exercise.findings:
        examples = count(exercise.examples, "example")
        name = clean(short_name(exercise), 80, newlines=False)
        line = f"{word.symbol} {name}: {word.text}, {points_text(exercise)}, {examples}"
        return "\n".join(filter(None, (line, earlier_text(exercise))))
    buffer = io.StringIO()
    console = Console(file=buffer, width=width, color_system=None, force_jupyter=False, highlight=False)
    for part in explanation(exercise, True, False):
        console.print(part)
    lines = [line.rstrip() for line in buffer.getvalue().split("\n")]
    return "\n".join(lines).strip("\n")
