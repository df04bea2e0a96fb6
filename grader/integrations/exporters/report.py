"""The report itself as JSON, with what its audience must not see taken out."""

from __future__ import annotations

from grader.integrations.exporters.kinds import Exported
from grader.integrations.exporters.sheet import Sheet
from grader.results.report import to_json


def export(sheet: Sheet) -> Exported:
    """Return the report's JSON, format 1."""
    return Exported(to_json(sheet.report))
