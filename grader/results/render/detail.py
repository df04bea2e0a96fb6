"""One submission in a terminal: a table, then an explanation of each lost point."""

from __future__ import annotations

import msgspec
from rich import box
from rich.console import RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from grader.records.findings import Finding
from grader.records.text.clean import clean
from grader.records.text.saying import say, say_count
from grader.results.render.differences import Marked, differing
from grader.results.render.drawing import Drawing
from grader.results.render.grouping import Evidence, by_input, foremost, sort_exercises
from grader.results.render.words import (
    OUTCOMES,
    attempts_sentence,
    count,
    duration,
    found_on,
    number,
    part_points,
    points_of,
    points_text,
    short_name,
    total_of,
)
from grader.results.report import ExerciseReport, SubmissionReport

LONG = 25_000
PRINTED_LINES = 8


def parts(submission: SubmissionReport, unicode: bool, brief: bool, next_steps: bool) -> list[RenderableType]:
    """Return what there is to print about a submission."""
    result: list[RenderableType] = [_heading(submission, unicode), Text(), _table(submission, unicode)]
    attempts = attempts_sentence(submission)
    if attempts:
        result.append(Text(f"\n{attempts}"))
    result += [Text("\n" + say("Note: {note}", note=clean(note)), style="yellow") for note in submission.notes]
    result.append(Text())
    if brief:
        return result
    news = [line for one in submission.exercises if one.outcome == "passed" for line in _news(one, unicode)]
    if news:
        result += [*news, Text()]
    by_kind = sort_exercises(submission)
    if submission.exercises and all(exercise.outcome == "passed" for exercise in submission.exercises):
        result += [Text(say("All of it passes."), style="bold green"), Text()]
    if by_kind.unreadable:
        result += _unreadable(by_kind.unreadable, unicode)
    for exercise in by_kind.explained:
        result += explanation(exercise, unicode, next_steps)
    if by_kind.missing:
        result += _missing(by_kind.missing, unicode, next_steps)
    if by_kind.advised:
        result += _advised(by_kind.advised, unicode)
    return result


def _news(exercise: ExerciseReport, unicode: bool) -> list[Text]:
    """Return what there is to tell of an exercise that passed."""
    name = clean(short_name(exercise), 80, newlines=False)
    return [
        Text.assemble(("✓ " if unicode else "+ ", "bold green"), (name, "bold"), f"  {text}")
        for text in (earlier_text(exercise), searched_text(exercise))
        if text
    ]


def _heading(submission: SubmissionReport, unicode: bool) -> RenderableType:
    dot = " · " if unicode else " - "
    names = [submission.assignment, submission.student, submission.source]
    left = Text(dot.join(clean(name, 80, newlines=False) for name in names if name), style="bold")
    line = Table.grid(expand=True)
    line.add_column()
    line.add_column(justify="right", no_wrap=True)
    full = submission.points == submission.max_points
    line.add_row(
        left, Text(say("{points} points", points=total_of(submission)), style="bold green" if full else "bold")
    )
    return line


def _table(submission: SubmissionReport, unicode: bool) -> Table:
    table = Table(box=box.SIMPLE_HEAD if unicode else box.ASCII2, pad_edge=False, show_edge=False, header_style="dim")
    table.add_column("", no_wrap=True)
    table.add_column(say("exercise"), overflow="fold")
    table.add_column("", overflow="fold")
    table.add_column(say("points"), justify="right", no_wrap=True)
    table.add_column(say("examples"), justify="right", no_wrap=True)
    table.add_column(say("time"), justify="right", no_wrap=True)
    for exercise in submission.exercises:
        word = OUTCOMES[exercise.outcome]
        table.add_row(
            Text(word.symbol if unicode else word.plain_symbol, style=f"bold {word.colour}"),
            Text(clean(short_name(exercise), 80, newlines=False)),
            Text(word.text, style=word.colour),
            Text(points_of(exercise)),
            Text(str(exercise.examples) if exercise.examples else ""),
            Text(duration(exercise.seconds) if exercise.examples else "", style="dim"),
        )
        for one in exercise.parts:
            lost = "" if one.passed else "red"
            name = Text(f"  {clean(one.name, 78, newlines=False)}", style=lost or "dim")
            table.add_row("", name, "", Text(part_points(one), style=lost or "dim"), "", "")
    return table


def explanation(exercise: ExerciseReport, unicode: bool, next_steps: bool = True) -> list[RenderableType]:
    """Return why an exercise lost its points, on the smallest input, and what to do next."""
    word = OUTCOMES[exercise.outcome]
    symbol = word.symbol if unicode else word.plain_symbol
    title = f"{symbol} {clean(exercise.id, 120, newlines=False)}"
    result = _ruled(title, points_text(exercise), word.colour, unicode)
    for text in filter(None, (earlier_text(exercise), searched_text(exercise))):
        result += [Text(text, style="bold cyan"), Text()]
    findings, more = foremost(exercise.findings)
    for evidence in by_input(findings):
        result += _evidence(evidence, unicode)
    if more:
        result += [Text(more, style="dim"), Text()]
    if next_steps and exercise.outcome != "not_judged":
        result.append(_next(exercise))
    result.append(Text())
    return result


def searched_text(exercise: ExerciseReport) -> str:
    """Return what was searched beyond the examples, and what that can tell; empty where nothing was."""
    searched = exercise.searched
    if searched is msgspec.UNSET:
        return ""
    if not searched.inputs:
        return say("There is nothing to search: no input is left beside the public examples.")
    if exercise.outcome != "passed":
        return say_count(
            "Found by searching {n} fresh input (seed {seed}).",
            "Found by searching {n} fresh inputs (seed {seed}).",
            searched.inputs,
            seed=searched.seed,
        )
    text = say_count(
        "Searched {n} fresh input (seed {seed}): no error, and no input changed.",
        "Searched {n} fresh inputs (seed {seed}): no error, and no input changed.",
        searched.inputs,
        seed=searched.seed,
    )
    if not searched.laws:
        return f"{text} " + say("What it returns there was not checked: that takes the reference, which grading has.")
    kept = say_count("Every result keeps the law.", "Every result keeps all {n} laws.", searched.laws)
    return f"{text} {kept}"


def earlier_text(exercise: ExerciseReport) -> str:
    """Return how the inputs fare that failed before, empty where there is nothing new to say."""
    earlier = exercise.earlier
    if earlier is msgspec.UNSET or not (earlier.fixed or earlier.broken):
        return ""
    if earlier.fixed == earlier.failed and not earlier.broken:
        text = say_count(
            "Fixed {n} of {n}: the input that failed before is right now.",
            "Fixed {n} of {n}: every input that failed before is right now.",
            earlier.failed,
        )
    else:
        text = say_count(
            "Fixed {fixed} of the {n} input that failed before.",
            "Fixed {fixed} of the {n} inputs that failed before.",
            earlier.failed,
            fixed=earlier.fixed,
        )
    if earlier.broken:
        broken = say_count(
            "{n} input that was right before fails now.", "{n} inputs that were right before fail now.", earlier.broken
        )
        text = f"{text} {broken}"
    return text


def _ruled(title: str, points: str, colour: str, unicode: bool) -> list[RenderableType]:
    text = Text.assemble((title, f"bold {colour}"), ("  " + points if points else "", "dim"))
    return [Rule(text, align="left", style=colour, characters="─" if unicode else "-")]


def _evidence(evidence: Evidence, unicode: bool) -> list[RenderableType]:
    first = evidence.first
    result: list[RenderableType] = [_message(first)]
    if first.counterexample:
        result += [Text(), Text(found_on(first), style="bold"), _code(first.counterexample)]
    result += _compared(first)
    for finding in evidence.findings[1:]:
        result += [Text(), _message(finding), *_compared(finding)]
    if first.mistake:
        result += [Text(), Text.assemble((say("It looks like this: "), "bold cyan"), clean(first.mistake, LONG))]
    if first.printed.strip():
        result += [Text(), Text(say("It printed:"), style="bold"), _printed(first.printed, unicode)]
    return [*result, Text()]


def _message(finding: Finding) -> Text:
    text = clean(finding.message, LONG)
    if finding.where and finding.kind != "gradient" and finding.where not in text:
        text = f"{clean(finding.where, 200, newlines=False)}: {text}"
    if finding.hidden and finding.probe:
        text = say("(hidden test) {text}", text=text)
    return Text(text) if finding.must else Text.assemble((say("Advice: "), "bold yellow"), text)


def _compared(finding: Finding) -> list[RenderableType]:
    wanted, got = clean(finding.expected, 3000), clean(finding.actual, 3000)
    if got in clean(finding.message, LONG):
        got = ""
    if not wanted and not got:
        return []
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="bold")
    grid.add_column(overflow="fold")
    left, right = differing(wanted, got) if wanted and got else ([(wanted, False)], [(got, False)])
    if wanted:
        grid.add_row(say("expected"), _coloured(left, "green"))
    if got:
        grid.add_row(say("got"), _coloured(right, "red"))
    return [Text(), Drawing(wanted, got, grid) if wanted and got else grid]


def _coloured(pieces: Marked, colour: str) -> Text:
    return Text.assemble(*((text, f"bold {colour}" if marked else "") for text, marked in pieces))


def _code(code: str) -> Text:
    # Flush left and never wrapped by us, so that what is copied from the terminal can be pasted into Python.
    text = Syntax("", "python", theme="ansi_dark", background_color="default").highlight(clean(code, LONG))
    text.rstrip()
    text.no_wrap, text.overflow = True, "ignore"
    return text


def _printed(printed: str, unicode: bool) -> RenderableType:
    lines = clean(printed, LONG).strip("\n").split("\n")
    left = len(lines) - PRINTED_LINES
    lines = lines[:PRINTED_LINES] + ([say("... ({n} more lines)", n=left)] if left > 0 else [])
    bar = "│ " if unicode else "| "
    return Text("\n".join(bar + line for line in lines), style="dim", overflow="fold")


def _next(exercise: ExerciseReport) -> Text:
    name = clean(exercise.id, 120, newlines=False)
    line = Text.assemble((say("Next: "), "bold"), say("mend it, then  "), (f"grader check {name}", "bold"))
    if exercise.hints:
        hints = count(len(exercise.hints), "hint")
        line.append("\n" + say("Stuck? grader hint {name}  ({hints})", name=name, hints=hints), style="dim")
    return line


def _unreadable(exercises: tuple[ExerciseReport, ...], unicode: bool) -> list[RenderableType]:
    messages = dict.fromkeys(finding.message for exercise in exercises for finding in exercise.findings)
    symbol = "✗" if unicode else "x"
    lost = say("{exercises} lost by it", exercises=count(len(exercises), "exercise"))
    result = _ruled(f"{symbol} {say('The file cannot be read')}", lost, "red", unicode)
    result += [Text(clean(message, LONG)) for message in messages]
    return [*result, Text()]


def _missing(exercises: tuple[ExerciseReport, ...], unicode: bool, next_steps: bool) -> list[RenderableType]:
    points = number(sum(exercise.max_points for exercise in exercises))
    result = _ruled(
        f"{'○' if unicode else 'o'} {say('Not written yet')}",
        say("{points} point to gain", points=1) if points == "1" else say("{points} points to gain", points=points),
        "yellow",
        unicode,
    )
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="bold")
    grid.add_column(overflow="fold", style="dim")
    for exercise in exercises:
        reasons = "; ".join(dict.fromkeys(finding.message for finding in exercise.findings))
        grid.add_row(Text(clean(short_name(exercise), 80, newlines=False)), Text(clean(reasons)))
    result.append(Padding(grid, (0, 0, 0, 2)))
    if next_steps:
        name = clean(exercises[0].id, 120, newlines=False)
        result.append(
            Text.assemble((say("Next: "), "bold"), say("write one, then  "), (f"grader check {name}", "bold"))
        )
    return [*result, Text()]


def _advised(exercises: tuple[ExerciseReport, ...], unicode: bool) -> list[RenderableType]:
    result = _ruled("! " + say("Advice"), say("costs no points"), "yellow", unicode)
    for exercise in exercises:
        for finding in exercise.findings:
            name = clean(short_name(exercise), 80, newlines=False)
            result.append(Padding(Text.assemble((name, "bold"), f"  {clean(finding.message)}"), (0, 0, 0, 2)))
    return [*result, Text()]
