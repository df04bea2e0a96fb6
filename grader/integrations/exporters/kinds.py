"""The formats, and the one function that makes them."""

from __future__ import annotations

import dataclasses
import importlib
from typing import Any, Protocol, cast

from grader.integrations.exporters.sheet import Sheet
from grader.records.errors import UsageError
from grader.records.text.nearest import did_you_mean


@dataclasses.dataclass(frozen=True)
class Exported:
    """A file for another system, and what to tell the person who asked for it."""

    data: bytes
    notes: tuple[str, ...] = ()


class Exporter(Protocol):
    """A module of this package that makes one format."""

    def export(self, sheet: Sheet, **options: Any) -> Exported:
        """Return the sheet in this format. Raises `UsageError` when it does not fit in, and then nothing is written."""


KINDS: dict[str, str] = {
    "junit": "grader.integrations.exporters.junit",
    "csv": "grader.integrations.exporters.flat",
    "json": "grader.integrations.exporters.report",
    "canvas": "grader.integrations.exporters.canvas",
    "moodle": "grader.integrations.exporters.moodle",
    "gradescope": "grader.integrations.exporters.gradescope",
    "classroom50": "grader.integrations.exporters.classroom50",
    "autolab": "grader.integrations.exporters.autolab",
    "prairielearn": "grader.integrations.exporters.prairielearn",
}
"""Format to the module that makes it; imported when it is used."""


def export(sheet: Sheet, kind: str, **options: Any) -> Exported:
    """Return a sheet in a format; `options` are those of the format's own `export`.

    Raises `UsageError` for an unknown format and where the scores do not fit into what is to be filled in.
    """
    if kind not in KINDS:
        raise UsageError(f"unknown format {kind!r}", hint=did_you_mean(kind, KINDS))
    module = cast(Exporter, importlib.import_module(KINDS[kind]))
    return module.export(sheet, **options)
