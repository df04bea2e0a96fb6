"""Bans and needs, decided on the source of a submission: nothing here runs a student's code or imports torch."""

from grader.judging.bans.analysis import analyse
from grader.judging.bans.decision import decide
from grader.judging.bans.findings import BannedUse, SourceFindings, Unclear
from grader.judging.bans.parsed import ParsedSource, parse

__all__ = ["BannedUse", "ParsedSource", "SourceFindings", "Unclear", "analyse", "decide", "parse"]
