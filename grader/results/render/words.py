"""The words, signs and numbers that all kinds of reports share."""

from __future__ import annotations

import dataclasses

from grader.records.findings import Finding
from grader.records.text.clean import clean
from grader.records.text.saying import later, later_count, say, say_count
from grader.records.verdict import Outcome, Part
from grader.results.report import ExerciseReport, Report, SubmissionReport


@dataclasses.dataclass(frozen=True)
class Word:
    """How an outcome is shown."""

    symbol: str
    plain_symbol: str
    """Where only ASCII can be written."""
    english: str
    colour: str

    @property
    def text(self) -> str:
        """In words."""
        return say(self.english)


OUTCOMES: dict[Outcome, Word] = {
    "passed": Word("✓", "+", later("passed"), "green"),
    "failed": Word("✗", "x", later("wrong answer"), "red"),
    "raised": Word("✗", "x", later("raised an exception"), "red"),
    "timeout": Word("✗", "x", later("took too long"), "red"),
    "memory": Word("✗", "x", later("out of memory"), "red"),
    "crashed": Word("✗", "x", later("ended the process"), "red"),
    "protocol": Word("✗", "x", later("tampered with the run"), "red"),
    "missing": Word("○", "o", later("not written yet"), "yellow"),
    "unloaded": Word("✗", "x", later("could not be loaded"), "red"),
    "forbidden": Word("✗", "x", later("breaks a ban or need"), "red"),
    "unreadable": Word("✗", "x", later("file cannot be read"), "red"),
    "not_judged": Word("?", "?", later("to be graded again"), "magenta"),
}


def number(points: float) -> str:
    """Return points without needless digits.

    >>> number(3.0), number(1.25)
    ('3', '1.25')
    """
    return f"{points:.10g}"


def points_of(exercise: ExerciseReport) -> str:
    """Return an exercise's points of how many; `?` when it was not judged."""
    return f"{'?' if exercise.points is None else number(exercise.points)}/{number(exercise.max_points)}"


def points_text(exercise: ExerciseReport) -> str:
    """Return an exercise's points in words, for a heading: those of its parts, too."""
    if exercise.points is None:
        return say("to be graded again")
    text = say("{points} points", points=points_of(exercise))
    parts = ", ".join(f"{clean(part.name, 80, newlines=False)} {part_points(part)}" for part in exercise.parts)
    return f"{text} ({parts})" if parts else text


def part_points(part: Part) -> str:
    """Return the points of a part of an exercise, of how many."""
    return f"{number(part.points)}/{number(part.max_points)}"


def found_on(finding: Finding) -> str:
    """Return the line above the input on which something was found, and where to read what was done with it."""
    device = clean(finding.device, 20, newlines=False)
    if finding.device == "cpu":
        line = say("On the smallest input found:") if finding.shrunk else say("On an example that fails:")
    elif finding.shrunk:
        line = say("On the smallest input found (on {device}):", device=device)
    else:
        line = say("On an example that fails (on {device}):", device=device)
    return f"{line}{_steps(finding)}"


def _steps(finding: Finding) -> str:
    exercise, _, probe = clean(finding.probe, 200, newlines=False).partition("/")
    if finding.one_call or not probe:
        return ""
    text = say(
        "`{probe}` in checks.py shows what is done with it; `grader check {id} --show` writes it as a script.",
        probe=probe,
        id=exercise,
    )
    return f"\n{text}"


def total_of(submission: SubmissionReport) -> str:
    """Return a submission's points of how many; `3+?/7` while an exercise is still to be judged."""
    if submission.points is None:
        return f"{number(submission.judged_points)}+?/{number(submission.max_points)}"
    return f"{number(submission.points)}/{number(submission.max_points)}"


def attempts_sentence(submission: SubmissionReport) -> str:
    """Return what earlier attempts earned, where the best of all counts; "" where there is none."""
    earlier = []
    for one in submission.attempts or ():
        points = "?" if one.points is None else number(one.points)
        earlier.append(f"{points}/{number(one.max_points)} ({clean(one.handed_in, 40, newlines=False)})")
    if not earlier:
        return ""
    return say(
        "Earlier attempts: {attempts}. The best of all counts, after what handing in late costs.",
        attempts=", ".join(earlier),
    )


def duration(seconds: float) -> str:
    """Return a time in a unit that fits it.

    >>> duration(0.0004), duration(0.0123), duration(2.5), duration(90)
    ('<1 ms', '12 ms', '2.5 s', '90 s')
    """
    if seconds < 0.001:
        return say("<1 ms")
    if seconds < 1:
        return say("{time} ms", time=f"{seconds * 1000:.0f}")
    return say("{time} s", time=f"{seconds:.1f}" if seconds < 10 else f"{seconds:.0f}")


def count(many: int, thing: str) -> str:
    """Return a number of things.

    >>> count(1, "student"), count(2, "student")
    ('1 student', '2 students')
    """
    return say_count(*_THINGS.get(thing, (f"{{n}} {thing}", f"{{n}} {thing}s")), many)


_THINGS = {
    "example": later_count("{n} example", "{n} examples"),
    "exercise": later_count("{n} exercise", "{n} exercises"),
    "hint": later_count("{n} hint", "{n} hints"),
    "submission": later_count("{n} submission", "{n} submissions"),
    "student": later_count("{n} student", "{n} students"),
    "part": later_count("{n} part", "{n} parts"),
    "day": later_count("{n} day", "{n} days"),
    "hour": later_count("{n} hour", "{n} hours"),
    "more annotation": later_count("{n} more annotation", "{n} more annotations"),
}


def short_name(exercise: ExerciseReport) -> str:
    """Return an exercise's name without its assignment."""
    return exercise.id.partition(".")[2] or exercise.id


def lockdown(report: Report) -> str:
    """Return the sandbox's level, and the layers that are missing from it."""
    missing = [name for name, state in report.sandbox.layers.items() if state != "ok"]
    text = say("sandbox {level}", level=report.sandbox.level)
    if missing:
        text += say(" (without {layers})", layers=", ".join(missing))
    return clean(text, 500, newlines=False)
