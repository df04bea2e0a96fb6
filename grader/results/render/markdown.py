"""The report as Markdown, for the summaries of CI services: what a submission had a part in cannot become markup."""

from __future__ import annotations

import re
from collections.abc import Iterable

from grader.records.text.clean import clean
from grader.records.text.saying import say
from grader.results.render.grouping import Evidence, by_input, foremost, sort_exercises
from grader.results.render.statistics import exercise_statistics
from grader.results.render.words import (
    OUTCOMES,
    attempts_sentence,
    count,
    duration,
    found_on,
    lockdown,
    points_of,
    points_text,
    short_name,
    total_of,
)
from grader.results.report import ExerciseReport, Report, SubmissionReport

MAX_BYTES = 1_000_000
"""GitHub takes summaries of at most a mebibyte."""

LONG = 25_000

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&#+=!$-])")
_NUMBERED = re.compile(r"^(\s*\d+)([.)])", re.MULTILINE)


def render(report: Report, *, max_bytes: int = MAX_BYTES) -> str:
    """Return the report as Markdown of at most `max_bytes` bytes; explanations that do not fit are left out."""
    head = _class(report) if len(report.submissions) > 1 else ""
    tail = f"\n{escape(' · '.join([lockdown(report), *(' '.join(pair) for pair in report.versions.items())]))}\n"
    room = max_bytes - len((head + tail).encode()) - 200
    blocks: list[str] = []
    left_out = 0
    for block in (block for submission in report.submissions for block in _submission(submission)):
        room -= len(block.encode()) + 1
        if room < 0:
            left_out += 1
        else:
            blocks.append(block)
    left = say("{parts} of this report did not fit.", parts=count(left_out, "part"))
    note = f"\n*{left}*\n" if left_out else ""
    return head + "\n".join(blocks) + note + tail


def escape(text: str) -> str:
    r"""Return text, on one or more lines, that Markdown shows as it is; it mentions nobody and links to nothing.

    >>> escape("*a* <b> @ada")
    '\\*a\\* \\<b\\> @<!-- -->ada'
    """
    text = _SPECIAL.sub(r"\\\1", clean(text, LONG))
    text = _NUMBERED.sub(r"\1\\\2", text)
    text = text.replace("@", "@<!-- -->").replace("://", ":<!-- -->//").replace("www.", "www<!-- -->.")
    return "<br>".join(line.strip() for line in text.split("\n"))


def fenced(text: str, language: str = "text") -> str:
    """Return text as a code block whose fence is longer than any row of backticks in it."""
    text = clean(text, LONG)
    longest = max((len(row) for row in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _table(header: list[str], right: set[int], rows: Iterable[list[str]]) -> str:
    rule = ["--:" if column in right else ":--" for column in range(len(header))]
    return "\n".join([_row(header), _row(rule), *(_row(row) for row in rows)]) + "\n"


def _class(report: Report) -> str:
    points = _table(
        [say("student"), say("assignment"), say("points")],
        {2},
        ([escape(one.student), escape(one.assignment), escape(total_of(one))] for one in report.submissions),
    )
    exercises = _table(
        [say("exercise"), say("passed"), say("what goes wrong")],
        {1},
        (
            [
                escape(one.id),
                f"{one.passed}/{one.judged}",
                ", ".join(f"{what} ({many})" for what, many in one.troubles[:3]),
            ]
            for one in exercise_statistics(report)
        ),
    )
    return f"## {escape(report.course)}\n\n{points}\n{exercises}\n"


def _submission(submission: SubmissionReport) -> Iterable[str]:
    names = " · ".join(escape(name) for name in (submission.assignment, submission.student, submission.source) if name)
    rows = map(_summary, submission.exercises)
    table = _table(["", say("exercise"), "", say("points"), say("examples"), say("time")], {3, 4, 5}, rows)
    attempts = attempts_sentence(submission)
    notes = f"\n{escape(attempts)}\n" if attempts else ""
    notes += "".join(f"\n> {say('Note: {note}', note=escape(note))}\n" for note in submission.notes)
    total = say("{points} points", points=escape(total_of(submission)))
    yield f"## {names}: {total}\n\n{table}{notes}"
    by_kind = sort_exercises(submission)
    if by_kind.unreadable:
        messages = dict.fromkeys(finding.message for exercise in by_kind.unreadable for finding in exercise.findings)
        yield f"### ✗ {say('The file cannot be read')}\n\n" + "".join(f"{escape(message)}\n" for message in messages)
    for exercise in by_kind.explained:
        yield _explanation(exercise)
    if by_kind.missing:
        yield (
            f"### ○ {say('Not written yet')}\n\n"
            + ", ".join(escape(short_name(exercise)) for exercise in by_kind.missing)
            + "\n"
        )
    if by_kind.advised:
        advice = [
            f"- {escape(one.id)}: {escape(finding.message)}\n" for one in by_kind.advised for finding in one.findings
        ]
        yield f"### {say('Advice (costs no points)')}\n\n" + "".join(advice)


def _summary(exercise: ExerciseReport) -> list[str]:
    word = OUTCOMES[exercise.outcome]
    ran = exercise.examples > 0
    examples, time = (str(exercise.examples), escape(duration(exercise.seconds))) if ran else ("", "")
    return [word.symbol, escape(short_name(exercise)), word.text, points_of(exercise), examples, time]


def _explanation(exercise: ExerciseReport) -> str:
    word = OUTCOMES[exercise.outcome]
    blocks = [f"### {word.symbol} {escape(exercise.id)}: {points_text(exercise)}"]
    findings, more = foremost(exercise.findings)
    for evidence in by_input(findings):
        blocks += _evidence(evidence)
    blocks += [more] if more else []
    return "\n\n".join(blocks) + "\n"


def _evidence(evidence: Evidence) -> Iterable[str]:
    first = evidence.first
    for finding in evidence.findings:
        yield ("" if finding.must else say("Advice: ")) + escape(finding.message)
        compared = [
            f"{name:<9} {text}"
            for name, text in ((say("expected"), finding.expected), (say("got"), finding.actual))
            if text
        ]
        if compared:
            yield fenced("\n".join(compared))
    if first.mistake:
        yield f"> **{say('It looks like this: ').strip()}** {escape(first.mistake)}"
    if first.counterexample:
        yield f"{escape(found_on(first))}\n\n{fenced(first.counterexample, 'python')}"
    if first.printed.strip():
        yield f"<details><summary>{say('It printed')}</summary>\n\n{fenced(first.printed)}\n\n</details>"
