"""Bans and needs, decided on the source of a submission: nothing here runs a student's code or imports torch."""

from grader.source.analysis import analyse
from grader.source.decision import decide
from grader.source.findings import BannedUse, SourceFindings, Unclear
from grader.source.parsed import ParsedSource, parse

__all__ = ["BannedUse", "ParsedSource", "SourceFindings", "Unclear", "analyse", "decide", "parse"]
