"""Reports: made of verdicts, redacted for an audience, rendered.

May import `records` alone.
"""
