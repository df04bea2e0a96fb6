"""Bans and needs, decided on the source of a submission: nothing here runs a student's code or imports torch."""

from grader.engine.bans.analysis import analyse
from grader.engine.bans.decision import decide, tell_handed
from grader.engine.bans.findings import BannedUse, SourceFindings, Unclear
from grader.engine.bans.parsed import ParsedSource, parse

__all__ = ["BannedUse", "ParsedSource", "SourceFindings", "Unclear", "analyse", "decide", "parse", "tell_handed"]
