"""The names that learning platforms give to files and folders in a download of all submissions."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

_FLAGS = re.DOTALL | re.IGNORECASE
_PATTERNS: dict[str, re.Pattern[str]] = {
    "Moodle": re.compile(
        r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_(?:file|onlinetext|[a-z]+)(?:_(?P<file>.*))?", _FLAGS
    ),
    "Blackboard": re.compile(
        r"(?P<work>.+)_(?P<name>[^_/]+)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|(?P<slip>\.txt))?", _FLAGS
    ),
    "Brightspace": re.compile(
        r"(?P<id>\d+-\d+) ?- ?(?P<name>.+?) ?- ?(?P<time>[A-Za-z]{3,9} \d{1,2},? \d{4},? [\d:.]{3,8}(?: ?[ap]\.?m\.?)?"
        r"|\d{1,2} [A-Za-z]{3,9},? \d{4},? [\d:.]{3,8}(?: ?[ap]\.?m\.?)?|\d{4}-\d\d-\d\d[ _T]?[\d:.-]*)"
        r"(?: ?- ?(?P<file>.+))?", _FLAGS
    ),
    "Brightspace, another date": re.compile(r"(?P<id>\d+-\d+) - (?P<name>.+?) - (?P<time>[^/]+)", _FLAGS),
    "Canvas, anonymous": re.compile(
        r"(?P<anon>anon(?:ymous)?)_(?:LATE_)?(?P<id>[A-Za-z0-9]{3,12})_(?:LATE_)?(?P<upload>\d+)_(?P<file>.+)", _FLAGS
    ),
    "Canvas": re.compile(
        r"(?P<name>[^_/]+)_(?:LATE_)?(?P<id>\d+)_(?:LATE_)?(?:(?P<upload>\d+)_(?P<file>.+)|(?P<slip>text\.html))",
        _FLAGS,
    ),
    "nbgrader": re.compile(
        r"(?P<name>[^/]+)\+(?P<work>[^+/]+)\+(?P<time>\d{4}-\d\d-\d\d \d\d.\d\d.\d\d[^+/]*)(?:\+[^+/]*)?", _FLAGS
    ),
}  # fmt: skip

_DAYS = ("%b %d, %Y", "%B %d, %Y", "%b %d %Y", "%B %d %Y", "%d %B, %Y", "%d %b, %Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d")
_CLOCKS = (" %I%M %p", " %I:%M %p", " %H%M", " %H:%M", " %H:%M:%S", " %I:%M:%S %p", "-%H-%M-%S", " %H-%M-%S", "")
_DATES = tuple(day + clock for day in _DAYS for clock in _CLOCKS)


class Download(NamedTuple):
    """What the name of a file or folder in a platform's download says."""

    name: str
    """The student's, as the platform writes it."""
    id: str = ""
    """The student's number in the platform."""
    file: str = ""
    """The name under which the student uploaded the file; empty when the entry is the student's folder."""
    platform: str = ""
    time: str = ""
    """When it was handed in, as the platform writes it."""
    upload: int = 0
    """The number of the upload: a later one is larger."""
    slip: bool = False
    """Written by the platform about the submission, and nothing that the student handed in."""
    work: str = ""
    """The assignment's name in the platform."""

    @property
    def student(self) -> str:
        """The name under which the student's folder is made: two of one name are kept apart by their numbers."""
        return f"{self.name}_{self.id}" if self.id else self.name


def platform_name(name: str) -> Download | None:
    """Read the name that a platform gives a file or folder in its download of all submissions, None for other names.

    >>> platform_name("Jane Doe_4711_assignsubmission_file_einsum.ipynb").student
    'Jane Doe_4711'
    >>> platform_name("HW1_jdoe_attempt_2026-01-05-10-00-00_einsum.ipynb")[:3]
    ('jdoe', '', 'einsum.ipynb')
    """
    for platform, pattern in _PATTERNS.items():
        match = pattern.fullmatch(name)
        if match is None:
            continue
        found = match.groupdict()
        return Download(
            found.get("name") or found["anon"],
            found.get("id") or "",
            found.get("file") or found.get("slip") or "",
            platform.partition(",")[0],
            found.get("time") or "",
            int(found.get("upload") or 0),
            bool(found.get("slip")),
            found.get("work") or "",
        )
    return None


def platform_time(text: str, zone: datetime.tzinfo) -> datetime.datetime | None:
    """Read a time as platforms write it into names, in a zone; None when it is none.

    >>> platform_time("Nov 5, 2026 1000 PM", datetime.UTC).isoformat()
    '2026-11-05T22:00:00+00:00'
    """
    plain = re.sub(r"\s+", " ", text.replace(".", ":" if re.search(r"\d\.\d", text) else "")).strip()
    padded = re.sub(r"(?<![\d:])(\d{3})(?= ?[AaPp][Mm]$)", r"0\1", plain)
    for form in _DATES:
        try:
            return datetime.datetime.strptime(padded, form).replace(tzinfo=zone)
        except ValueError:
            continue
    return None
