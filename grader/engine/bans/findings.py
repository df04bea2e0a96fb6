"""What was found in a submission's source, as frozen records."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(frozen=True)
class BannedUse:
    """A use of something that the exercise forbids."""

    name: str
    """The ban, as the author wrote it."""
    cell: int
    """Number of the cell, from 0."""
    line: int
    """Line within the cell, from 1."""
    text: str
    """The line itself, stripped."""
    path: str = ""
    """What the code names, such as `torch.Tensor.gather`."""
    called: bool = True


@dataclasses.dataclass(frozen=True)
class Unclear:
    """Something that hides what is called: it stands where a ban must be decided."""

    what: str
    """A noun phrase: `exec`, `getattr with a computed name`."""
    cell: int
    line: int
    text: str


@dataclasses.dataclass(frozen=True)
class Broken:
    """A rule on how an answer is written that it does not keep."""

    kind: str
    """`only`: not on the allow-list; `forbidden`: a loop or a library; `lines`: too many."""
    what: str
    """What stands there, as a student writes it; of `lines` how many there are."""
    cell: int
    line: int
    text: str


COMPREHENSION, IN_ITSELF = "a comprehension", " in itself"
"""What `Broken.what` is, or ends with, for a loop without a word of its own, and for a function that calls itself."""

NOT_INSTALLED = "a module that is not installed,"
"""How `Unclear.what` begins for code of a module that nobody has read."""

TOO_INTRICATE = Unclear("code too intricate to follow", 0, 1, "")
"""Of a source that could not be read to its end."""


@dataclasses.dataclass(frozen=True)
class SourceFindings:
    """What the source of a submission says about one exercise's bans and needs."""

    banned: tuple[BannedUse, ...] = ()
    missing_needs: bool = False
    """Needs were given, and no reached code names any of them."""
    unclear: tuple[Unclear, ...] = ()
    broken: tuple[Broken, ...] = ()
    forgiven: tuple[str, ...] = ()
    """Bans that only code breaks which is not this exercise's: what the stub gave, or an earlier answer."""
    handed: tuple[BannedUse, ...] = ()
    """Banned uses in code that the exercise does not call, but that was handed to somebody else, who may."""
    handed_unclear: tuple[Unclear, ...] = ()
    """What hides what is called in such code."""
    cells: int = 1
    """How many cells the submission has."""
