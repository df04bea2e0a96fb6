"""How far a student is, as a person reads it in a terminal: a bar for each assignment, and what comes next."""

from __future__ import annotations

import dataclasses
import datetime

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from grader.records.text.saying import say
from grader.records.verdict import add
from grader.results.progress import Progress
from grader.results.render.words import count, number

BAR = 20
"""Cells of a bar."""
_SOON = datetime.timedelta(days=3)


@dataclasses.dataclass(frozen=True)
class Part:
    """An assignment as progress is counted in it."""

    name: str
    title: str
    exercises: tuple[tuple[str, float], ...]
    """Ids and points, in the course's order."""
    due: datetime.datetime | None = None


@dataclasses.dataclass(frozen=True)
class Standing:
    """How far one assignment is."""

    part: Part
    done: tuple[str, ...]
    """Exercises that passed."""
    tried: tuple[str, ...]
    """Exercises that were checked and did not pass."""
    points: float
    max_points: float

    @property
    def left(self) -> tuple[str, ...]:
        """What has not passed, in order: what was tried and what was not."""
        return tuple(name for name, _ in self.part.exercises if name not in self.done)


def standing(part: Part, progress: Progress) -> Standing:
    """Return how far an assignment is."""
    points = dict(part.exercises)
    done = tuple(name for name in points if progress.outcome(name) == "passed")
    tried = tuple(name for name in points if progress.outcome(name) not in (None, "passed", "missing"))
    return Standing(part, done, tried, add(points[name] for name in done), add(points.values()))


def next_exercise(standings: list[Standing], now: datetime.datetime) -> str | None:
    """Return what to do next: something tried before something new, of the assignment that is due first.

    None when everything passes.
    """
    open_ones = [one for one in standings if one.left]
    if not open_ones:
        return None
    begun = [one for one in open_ones if one.done or one.tried]
    due = [one for one in open_ones if one.part.due is not None and one.part.due > now]
    chosen = min(due, key=lambda one: one.part.due or now) if due else (begun or open_ones)[0]
    return (chosen.tried or chosen.left)[0]


def parts(
    title: str, standings: list[Standing], progress: Progress, now: datetime.datetime, *, unicode: bool = True
) -> RenderableType:
    """Return the screen: the course's own bar, a row an assignment, and the next step."""
    points = add(one.points for one in standings)
    most = add(one.max_points for one in standings)
    heading = Text.assemble(
        (title, "bold"),
        "  ",
        _bar(points, most, unicode),
        "  " + say("{points} points", points=f"{number(points)}/{number(most)}"),
    )
    table = Table(box=box.SIMPLE_HEAD if unicode else box.ASCII2, pad_edge=False, show_edge=False, header_style="dim")
    for name in (say("assignment"), "", say("points"), say("exercises"), say("due"), ""):
        table.add_column(name, justify="right" if name in (say("points"), say("exercises")) else "left", no_wrap=True)
    for one in standings:
        table.add_row(*_row(one, now, unicode))
    return Group(heading, Text(), table, Text(), _next(standings, progress, now))


def _row(one: Standing, now: datetime.datetime, unicode: bool) -> list[Text]:
    full = not one.left
    return [
        Text(one.part.name, style="bold green" if full else ""),
        _bar(one.points, one.max_points, unicode),
        Text(f"{number(one.points)}/{number(one.max_points)}"),
        Text(f"{len(one.done)}/{len(one.part.exercises)}"),
        _due(one, now),
        Text(say("{n} to mend", n=len(one.tried)) if one.tried else "", style="yellow"),
    ]


def _bar(points: float, most: float, unicode: bool) -> Text:
    share = points / most if most else 0.0
    filled = BAR if share >= 1 else int(share * BAR)
    signs = ("█", "░") if unicode else ("#", ".")
    return Text.assemble((signs[0] * filled, "green"), (signs[1] * (BAR - filled), "dim"))


def _due(one: Standing, now: datetime.datetime) -> Text:
    due = one.part.due
    if due is None:
        return Text()
    if not one.left:
        return Text(f"{due:%Y-%m-%d %H:%M}", style="dim")
    if due <= now:
        return Text(say("{due}, over", due=f"{due:%Y-%m-%d %H:%M}"), style="red")
    left = due - now
    days = count(left.days, "day") if left.days else count(left.seconds // 3600, "hour")
    text = say("{due}, {time} left", due=f"{due:%Y-%m-%d %H:%M}", time=days)
    return Text(text, style="yellow" if left <= _SOON else "")


def _next(standings: list[Standing], progress: Progress, now: datetime.datetime) -> Text:
    name = next_exercise(standings, now)
    if name is None:
        return Text(say("All of it passes."), style="bold green")
    again = progress.outcome(name) not in (None, "missing")
    what = say("mend {name}, then  ", name=name) if again else say("write {name}, then  ", name=name)
    line = Text.assemble((say("Next: "), "bold"), what)
    line.append(f"grader check {name}", style="bold")
    return line
