"""A class in a terminal: who has how many points, and what goes wrong how often."""

from __future__ import annotations

from rich import box
from rich.cells import cell_len
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from grader.records.text.clean import clean
from grader.records.verdict import add
from grader.results.render.statistics import ExerciseStatistics, exercise_statistics, mean_points, troubles
from grader.results.render.words import count, number, total_of
from grader.results.report import Report, SubmissionReport

NAME = 32
BAR = 10
FOLDED = 24
"""Columns that are enough for a cell that may be broken over lines."""


def parts(report: Report, width: int, unicode: bool) -> list[RenderableType]:
    """Return what there is to print about a class: points by student, then statistics by exercise."""
    students = dict.fromkeys(submission.student for submission in report.submissions)
    title = f"{report.course}: {count(len(students), 'student')}, {count(len(report.submissions), 'submission')}"
    wide = _by_student(report, unicode)
    points = wide if wide is not None and _fits(wide, width) else _by_submission(report, unicode)
    result: list[RenderableType] = [Text(clean(title, 200, newlines=False), style="bold"), Text(), points, Text()]
    result += [Text("Exercises", style="bold"), Text(), _exercises(exercise_statistics(report), unicode), Text()]
    notes = [f"{one.student}, {one.assignment}: {note}" for one in report.submissions for note in one.notes] + list(
        report.notes
    )
    if notes:
        result += [Text("Notes", style="bold"), *(Text(f"  {clean(note)}", style="yellow") for note in notes), Text()]
    again = sum(submission.points is None for submission in report.submissions)
    if again:
        message = f"{count(again, 'submission')} must be graded again: the grader failed there, not the student."
        result += [Text(message, style="bold magenta"), Text()]
    return result


def _table(unicode: bool) -> Table:
    return Table(
        box=box.SIMPLE_HEAD if unicode else box.ASCII2,
        pad_edge=False,
        show_edge=False,
        header_style="dim",
        padding=(0, 1),
    )


def _fits(table: Table, width: int) -> bool:
    needed = 0
    for column in table.columns:
        cells = [column.header, *column.cells]
        widest = max(cell_len(cell.plain if isinstance(cell, Text) else str(cell)) for cell in cells)
        needed += (widest if column.no_wrap else min(widest, FOLDED)) + 3
    return needed <= width


def _by_student(report: Report, unicode: bool) -> Table | None:
    assignments = list(dict.fromkeys(submission.assignment for submission in report.submissions))
    handed_in: dict[str, dict[str, SubmissionReport]] = {}
    for submission in report.submissions:
        if handed_in.setdefault(submission.student, {}).setdefault(submission.assignment, submission) is not submission:
            return None  # two submissions to one assignment have no single cell
    table = _table(unicode)
    table.add_column("student", no_wrap=True)
    for name in (*assignments, "total"):
        table.add_column(clean(name, NAME, newlines=False), justify="right", no_wrap=True)
    table.add_column("problems", overflow="fold")
    for student, submissions in handed_in.items():
        cells = [_points(submissions.get(name), unicode) for name in assignments]
        table.add_row(_name(student), *cells, _total(list(submissions.values())), _problems(list(submissions.values())))
    table.add_section()
    means = [mean_points(report, name) for name in assignments]
    mean_cells = [Text("" if mean is None else number(mean), style="dim") for mean in means]
    table.add_row(Text("mean", style="dim"), *mean_cells, Text(), Text())
    return table


def _by_submission(report: Report, unicode: bool) -> Table:
    table = _table(unicode)
    table.add_column("student", overflow="fold")
    table.add_column("assignment", overflow="fold")
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("problems", overflow="fold")
    last = None
    for submission in sorted(report.submissions, key=lambda one: one.student):
        student = Text() if submission.student == last else _name(submission.student)
        last = submission.student
        name = Text(clean(submission.assignment, NAME, newlines=False))
        table.add_row(student, name, _points(submission, unicode), _problems([submission]))
    return table


def _name(student: str) -> Text:
    return Text(clean(student, NAME, newlines=False))


def _points(submission: SubmissionReport | None, unicode: bool) -> Text:
    if submission is None:
        return Text("–" if unicode else "-", style="dim")
    if submission.points is None:
        return Text(total_of(submission), style="bold magenta")
    if submission.points == submission.max_points:
        return Text(total_of(submission), style="green")
    return Text(total_of(submission), style="" if submission.points else "red")


def _total(submissions: list[SubmissionReport]) -> Text:
    unknown = any(submission.points is None for submission in submissions)
    earned = number(add(submission.judged_points for submission in submissions))
    possible = number(add(submission.max_points for submission in submissions))
    return Text(f"{earned}{'+?' if unknown else ''}/{possible}", style="bold")


def _problems(submissions: list[SubmissionReport]) -> Text:
    counted = troubles(exercise for submission in submissions for exercise in submission.exercises)
    return Text(_counted(counted, 3), style="dim")


def _counted(counted: list[tuple[str, int]] | tuple[tuple[str, int], ...], most: int) -> str:
    words = [f"{what} ({many})" if many > 1 else what for what, many in counted[:most]]
    left = sum(many for _, many in counted[most:])
    return ", ".join([*words, f"{left} more"] if left else words)


def _exercises(statistics: list[ExerciseStatistics], unicode: bool) -> Table:
    table = _table(unicode)
    table.add_column("exercise", overflow="ellipsis", no_wrap=True)
    table.add_column("passed", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("what goes wrong", overflow="fold")
    for one in statistics:
        share = f"{one.passed}/{one.judged}" if one.judged else "not judged"
        table.add_row(
            Text(clean(one.id, 60, newlines=False)),
            Text(share),
            _bar(one.share, unicode) if one.judged else Text(),
            Text(_counted(one.troubles, 3), style="dim"),
        )
    return table


def _bar(share: float, unicode: bool) -> Text:
    full = round(share * BAR)
    colour = "green" if share >= 0.8 else "yellow" if share >= 0.4 else "red"
    sign, rest = ("█", "░") if unicode else ("#", ".")
    return Text.assemble((sign * full, colour), (rest * (BAR - full), "dim"), f" {share:>4.0%}")
