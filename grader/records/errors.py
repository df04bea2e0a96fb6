"""Whose fault it is, as a type: the student's, the author's (or the command line's), or ours.

Only errors of these types are expected to reach a person. Anything else that
escapes is our bug: it prints a traceback and exits with 3.
"""

from __future__ import annotations

EXIT_OK = 0
EXIT_STUDENT = 1
EXIT_AUTHOR = 2
EXIT_OURS = 3


class GraderError(Exception):
    """An error with a message for a person: what was expected, what came, where, what to do next."""

    exit_code = EXIT_OURS

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self.message if self.hint is None else f"{self.message}\n{self.hint}"


class SubmissionError(GraderError):
    """A submission cannot be read; the student (or whoever handed it in) can mend it."""

    exit_code = EXIT_STUDENT


class AuthorError(GraderError):
    """The course is broken: course.toml, checks.py, mistakes.py or a reference solution."""

    exit_code = EXIT_AUTHOR


class UsageError(GraderError):
    """The command line asks for something that does not exist or cannot be."""

    exit_code = EXIT_AUTHOR


class SandboxError(GraderError):
    """The host or our own processes failed: nothing is known about the student's work."""

    exit_code = EXIT_OURS
