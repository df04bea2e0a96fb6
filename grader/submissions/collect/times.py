"""Moments as nbgrader writes them into timestamp.txt."""

from __future__ import annotations

import datetime
import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from grader.records.errors import UsageError

_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(\.\d{1,6})?\s*(UTC|Z|[+-]\d\d:?\d\d|[A-Za-z_/+-]{2,40})?")


def parse_timestamp(text: str) -> datetime.datetime | None:
    """Read a timestamp; one without a zone is in UTC, as nbgrader takes it. None when it is no timestamp.

    >>> parse_timestamp("2030-02-03 09:08:07.654321 UTC").isoformat()
    '2030-02-03T09:08:07.654321+00:00'
    >>> parse_timestamp("yesterday") is None
    True
    """
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    day, clock, fraction, zone = match.groups()
    try:
        moment = datetime.datetime.fromisoformat(f"{day}T{clock}")
        if fraction:
            moment = moment.replace(microsecond=int(fraction[1:].ljust(6, "0")))
        return moment.replace(tzinfo=_zone(zone or "UTC")).astimezone(datetime.UTC)
    except (ValueError, ZoneInfoNotFoundError, OverflowError):
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
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise UsageError(f"There is no time zone {name!r}.", hint="Such as Europe/Berlin, UTC or +09:00.") from error


def _zone(name: str) -> datetime.tzinfo:
    if name in ("UTC", "Z"):
        return datetime.UTC
    if re.fullmatch(r"[+-]\d\d:?\d\d", name):
        minutes = int(name[1:3]) * 60 + int(name[-2:])
        return datetime.timezone(datetime.timedelta(minutes=-minutes if name[0] == "-" else minutes))
    return ZoneInfo(name)
