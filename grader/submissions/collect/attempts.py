"""Students and their attempts, as the names that a platform gave the files tell them."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterator, Sequence

from grader.submissions.collect.platforms import Download, platform_name, platform_time
from grader.submissions.collect.records import Handed, Member, Refusal
from grader.submissions.collect.times import parse_timestamp

_SLIP_NAME = re.compile(r"^Name:\s*(?P<full>[^\n(]*?)\s*(?:\((?P<user>[^()\s]+)\))?\s*$", re.MULTILINE)
_OURS = frozenset({"timestamp.txt", "submission_secret.txt"})
"""Files that nbgrader puts beside what was handed in."""


def by_platform(members: Sequence[Member], origin: str, zone: datetime.tzinfo) -> Iterator[Handed]:
    """Yield every attempt of every student of a platform's download; other entries are told once, as refused."""
    groups: dict[Download, list[Member]] = {}
    slips: dict[Download, Member] = {}
    strangers: list[Member] = []
    for member in members:
        head, _, below = member.path.replace("\\", "/").partition("/")
        parsed = platform_name(head)
        if parsed is None:
            strangers.append(member)
            continue
        attempt = parsed._replace(file="", upload=0, slip=False)
        mine = groups.setdefault(attempt, [])
        if parsed.slip:
            slips[attempt] = member
        elif not (parsed.platform == "nbgrader" and below in _OURS):
            mine.append(dataclasses.replace(member, path=below or parsed.file, upload=parsed.upload))
    for attempt, mine in sorted(groups.items()):
        yield _handed(attempt, mine, slips.get(attempt), origin, zone)
    for member in strangers:
        yield Handed(member.path, f"{origin}: {member.path}", (), problem="its name tells no student")


def _handed(
    attempt: Download, members: list[Member], slip: Member | None, origin: str, zone: datetime.tzinfo
) -> Handed:
    full, user = _named_in(slip)
    if user and not user.endswith(attempt.name):
        user = ""
    changed = max((one.time for one in members if one.time is not None and not one.problem), default=None)
    student = user or attempt.student
    return Handed(
        student,
        f"{origin}: {student}",
        tuple(members) if members or slip is None else (slip,),
        assignment=attempt.work if attempt.platform == "nbgrader" else None,
        time=platform_time(attempt.time, zone) or parse_timestamp(attempt.time) or changed,
        aliases=tuple(filter(None, (attempt.name, attempt.id, *attempt.id.split("-"), full))),
    )


def _named_in(slip: Member | None) -> tuple[str, str]:
    """Return the full name and the user's name that Blackboard writes into the text beside an attempt."""
    if slip is None or not slip.path.lower().endswith(".txt"):
        return "", ""
    try:
        match = _SLIP_NAME.search(slip.read(20_000).decode("utf-8", "replace").replace("\r\n", "\n"))
    except Refusal:
        return "", ""
    return (match["full"], match["user"] or "") if match else ("", "")
