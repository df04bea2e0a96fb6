"""What is wrong, at the student's own lines, as GitHub and people read it."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from grader.integrations.ci.places import Lines
from grader.records.text.clean import clean
from grader.records.text.saying import say
from grader.results.render.words import OUTCOMES, count, short_name
from grader.results.report import ExerciseReport, SubmissionReport

Level = Literal["error", "warning", "notice"]

MAX_EACH = 10
"""Annotations of one level that GitHub takes from a step; three levels stay below the 50 of a job."""
LONG = 1_500


@dataclasses.dataclass(frozen=True)
class Annotation:
    """One thing to say about a line of a file."""

    level: Level
    file: str
    line: int
    title: str
    text: str


def annotations_of(
    submission: SubmissionReport, file: str, lines: Lines, names: Mapping[str, Sequence[str]]
) -> Iterator[Annotation]:
    """Yield one annotation for each exercise that is wrong or has a remark, and one for all that are not written."""
    missing = [one for one in submission.exercises if one.outcome == "missing"]
    unreadable = [one for one in submission.exercises if one.outcome == "unreadable"]
    if unreadable:
        first = unreadable[0].findings[0] if unreadable[0].findings else None
        text = first.message if first else say("the file cannot be read")
        yield Annotation(
            "error", file, lines.of(first, ()), say("{name} cannot be read", name=submission.assignment), text
        )
    for exercise in submission.exercises:
        if exercise.outcome in ("missing", "unreadable") or (exercise.outcome == "passed" and not exercise.findings):
            continue
        yield _one(exercise, file, lines, names.get(exercise.id, (short_name(exercise),)))
    if missing:
        listed = ", ".join(short_name(one) for one in missing)
        line = lines.of(None, names.get(missing[0].id, (short_name(missing[0]),)))
        yield Annotation("notice", file, line, f"{submission.assignment}: {say('not written yet')}", listed)


def _one(exercise: ExerciseReport, file: str, lines: Lines, names: Sequence[str]) -> Annotation:
    must = [finding for finding in exercise.findings if finding.must]
    finding = next(iter(must or exercise.findings), None)
    level: Level = "error" if exercise.points is not None and exercise.outcome != "passed" else "warning"
    text = finding.message if finding else OUTCOMES[exercise.outcome].text
    if finding:
        details = (
            (say("expected"), finding.expected),
            (say("got"), finding.actual),
            (say("on"), finding.counterexample),
        )
        text += "".join(f"\n{name}: {value}" for name, value in details if value)
        text += f"\n{finding.mistake}" if finding.mistake else ""
    title = f"{exercise.id}: {OUTCOMES[exercise.outcome].text}"
    return Annotation(level, file, lines.of(finding, names), title, text)


def capped(found: Iterable[Annotation]) -> tuple[list[Annotation], str]:
    """Return the annotations that GitHub takes, and a sentence that counts the rest; empty when there is none."""
    counts: Counter[Level] = Counter()
    kept = []
    for one in found:
        counts[one.level] += 1
        room = MAX_EACH if one.level != "notice" else MAX_EACH - 1  # the sentence that counts the rest is a notice too
        if counts[one.level] <= room:
            kept.append(one)
    left = sum(counts.values()) - len(kept)
    return kept, say(
        "{annotations} did not fit: see the summary.", annotations=count(left, "more annotation")
    ) if left else ""


def command(one: Annotation) -> str:
    r"""Return an annotation as the command that GitHub obeys; nothing in it can begin another.

    >>> command(Annotation("error", "a,b.py", 3, "t: x", "50%\nmore"))
    '::error file=a%2Cb.py,line=3,title=t%3A x::50%25%0Amore'
    """
    file, title = (_property(clean(text, 300, newlines=False)) for text in (one.file, one.title))
    return f"::{one.level} file={file},line={one.line},title={title}::{_data(clean(one.text, LONG))}"


def sentence(one: Annotation) -> str:
    """Return an annotation as compilers write theirs, for terminals and other services' logs."""
    text = clean(one.text, LONG).replace("\n", "\n    ")
    return f"{clean(one.file, 300, newlines=False)}:{one.line}: {one.level}: {clean(one.title, 300)}\n    {text}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
