"""The command `grader`."""

from __future__ import annotations


def main() -> None:
    """Run the command line and exit."""
    raise SystemExit(0)
