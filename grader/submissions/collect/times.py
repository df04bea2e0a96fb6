"""Moments as nbgrader writes them into timestamp.txt, and as others do."""

from __future__ import annotations

import datetime
import functools
import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from grader.records.errors import UsageError

_TIME = re.compile(
    r"(?P<day>\d{4}[-/.]\d{1,2}[-/.]\d{1,2})(?:[ T]+|, ?)(?P<clock>\d{1,2}:\d\d(?::\d\d)?)(?:[.,](?P<part>\d{1,9}))?"
    r"\s*(?P<zone>[^\s\d(][^()]*|[+-][\d:]+)?(?:\s*\([^()]*\))?"
)
_OFFSET = re.compile(
    r"(?:UTC|GMT)?\s*(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?(?::?\d\d)?", re.IGNORECASE
)
_AMERICAN = {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
"""What mail takes these to be (RFC 2822), though others use some of them too."""


def parse_timestamp(text: str, zone: datetime.tzinfo | None = None) -> datetime.datetime | None:
    """Read a timestamp; one without a zone is in UTC, as nbgrader takes it. None when it is no timestamp.

    Zones are offsets, names of places and abbreviations. An abbreviation that means several offsets is taken as `zone`
    has it, then as mail does; one that stays open is no timestamp.

    >>> parse_timestamp("2030-02-03 09:08:07.654321 UTC").isoformat()
    '2030-02-03T09:08:07.654321+00:00'
    >>> parse_timestamp("2030-02-03 18:08 KST").isoformat()
    '2030-02-03T09:08:00+00:00'
    >>> parse_timestamp("yesterday") is None
    True
    """
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    try:
        day = [int(part) for part in re.split("[-/.]", match["day"])]
        hour, minute, second = (*(int(part) for part in match["clock"].split(":")), 0)[:3]
        fraction = int((match["part"] or "0").ljust(6, "0")[:6])
        moment = datetime.datetime(day[0], day[1], day[2], hour, minute, second, fraction)
        return moment.replace(tzinfo=_zone_at((match["zone"] or "UTC").strip(), moment, zone)).astimezone(datetime.UTC)
    except (ValueError, ZoneInfoNotFoundError, OverflowError, OSError):
        return None


def write_timestamp(moment: datetime.datetime) -> str:
    """Return a moment as nbgrader writes it.

    >>> write_timestamp(datetime.datetime(2030, 2, 3, 9, 8, 7, tzinfo=datetime.UTC))
    '2030-02-03 09:08:07.000000 UTC'
    """
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC")


def named_zone(name: str | None) -> datetime.tzinfo:
    """Return a time zone by name, this machine's when there is none; raises `UsageError` for an unknown name."""
    if name is None:
        local = datetime.datetime.now().astimezone().tzinfo
        assert local is not None
        return local
    try:
        return _zone(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UsageError(f"There is no time zone {name!r}.", hint="Such as Europe/Berlin, UTC or +09:00.") from error


def _zone(name: str) -> datetime.tzinfo:
    if name.upper() in ("UTC", "Z", "GMT"):
        return datetime.UTC
    offset = _OFFSET.fullmatch(name)
    if offset is not None:
        minutes = int(offset["hours"]) * 60 + int(offset["minutes"] or 0)
        return datetime.timezone(datetime.timedelta(minutes=minutes if offset["sign"] == "+" else -minutes))
    return ZoneInfo(name)


def _zone_at(name: str, moment: datetime.datetime, local: datetime.tzinfo | None) -> datetime.tzinfo:
    """Return the zone that a name means at a moment; raises `ValueError` when it means none, or several."""
    if "/" in name or not re.fullmatch(r"[A-Za-z]{2,6}", name) or name.upper() in ("UTC", "Z", "GMT"):
        return _zone(name)
    wanted = name.upper()
    here = moment.replace(tzinfo=local or datetime.datetime.now().astimezone().tzinfo)
    if here.tzname() == wanted and (offset := here.utcoffset()) is not None:
        return datetime.timezone(offset)
    if wanted in _AMERICAN:
        return datetime.timezone(datetime.timedelta(hours=_AMERICAN[wanted]))
    months = ((moment.year, moment.month), (moment.year, 1), (moment.year, 7))
    meant = next((found for year, month in months if (found := _abbreviations(year, month).get(wanted))), frozenset())
    if len(meant) != 1:
        raise ValueError(f"{name} is no zone, or several")
    return datetime.timezone(next(iter(meant)))


@functools.lru_cache(maxsize=32)
def _abbreviations(year: int, month: int) -> dict[str, frozenset[datetime.timedelta]]:
    """Return what each abbreviation of a time zone means, anywhere, in a month."""
    found: dict[str, set[datetime.timedelta]] = {}
    for name in sorted(available_timezones()):
        moment = datetime.datetime(year, month, 15, 12, tzinfo=ZoneInfo(name))
        abbreviation, offset = moment.tzname(), moment.utcoffset()
        if abbreviation and offset is not None and abbreviation.isalpha():
            found.setdefault(abbreviation.upper(), set()).add(offset)
    return {abbreviation: frozenset(offsets) for abbreviation, offsets in found.items()}
