"""How an answer may be written, beside bans and needs: an allow-list, and Python's own ways out."""

from __future__ import annotations

import msgspec


class Only(msgspec.Struct, frozen=True, array_like=True):
    """What of torch an answer may use; see `grader.authoring.only`."""

    names: tuple[str, ...] = ()
    operators: bool = False
    indexing: bool = False


class Rules(msgspec.Struct, frozen=True, array_like=True):
    """What an exercise asks of the source of an answer; by default nothing.

    >>> bool(Rules()), bool(Rules(lines=1))
    (False, True)
    """

    only: Only | None = None
    no_loops: bool = False
    no_numpy: bool = False
    lines: int = 0
    """The most that an answer may take; 0 for any number."""

    def __bool__(self) -> bool:
        """Whether anything is asked."""
        return self != Rules()


class Given(msgspec.Struct, frozen=True, array_like=True):
    """What a stub holds already, and the answers that it asks for."""

    statements: tuple[str, ...] = ()
    """Keys of its statements, sorted, so that one stub gives the same bytes: see `grader.engine.bans.stub_code`."""
    answers: tuple[tuple[str, str], ...] = ()
    """The functions that a student writes, in order: name, and what parameters the stub gives it."""
