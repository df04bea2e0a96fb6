"""Which of a student's submissions counts: the last, the last in time, or the one that answers most."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import Literal, get_args

from grader.submissions.choosing import Wanted
from grader.submissions.collect.place import answers_of
from grader.submissions.collect.records import Caps, Handed, Refusal

Take = Literal["last", "last-on-time", "best"]
TAKES: tuple[Take, ...] = get_args(Take)


def in_order(
    several: Sequence[Handed],
    assignment: str,
    take: Take,
    due: datetime.datetime | None,
    caps: Caps,
    wanted: Callable[[str], Wanted | None],
) -> tuple[list[Handed], str]:
    """Return a student's submissions, the one that is to count first, and what is to be said about that.

    Those that are refused as a whole come last. Without a due date everything was in time.
    """
    ordered = sorted(several, key=_age, reverse=True)
    if len(ordered) < 2 or take == "last":
        return ordered, ""
    if take == "last-on-time":
        late = {id(one) for one in ordered if due is not None and one.time is not None and one.time > due}
        ordered.sort(key=lambda one: (bool(one.problem), id(one) in late))
        if late and len(late) < len(ordered):
            return ordered, f"the last of those in time; {len(late)} came later"
        return ordered, "none was in time: the last one counts" if late else ""
    counts = {id(one): _answers(one, assignment, caps, wanted(assignment)) for one in ordered}
    ordered.sort(key=lambda one: counts[id(one)], reverse=True)
    numbers = ", ".join(str(max(counts[id(one)], 0)) for one in ordered)
    return ordered, f"the best of {len(ordered)}, by the number of exercises that are answered: {numbers}"


def _age(handed: Handed) -> tuple[bool, float]:
    return (not handed.problem, handed.time.timestamp() if handed.time else 0.0)


def _answers(handed: Handed, assignment: str, caps: Caps, wanted: Wanted | None) -> int:
    if handed.problem:
        return -2
    try:
        return answers_of(handed, assignment, caps, wanted)
    except Refusal:
        return -1
