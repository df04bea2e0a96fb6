"""What a session is about: a submission's code."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from grader.records.statements import LeftOut


@dataclasses.dataclass(frozen=True)
class SubmissionCode:
    """A submission's code, ready to be executed in a runner."""

    assignment: str
    filename: str
    cells: tuple[str, ...]
    is_notebook: bool = False
    """Whether it runs as a main module, as a notebook does."""
    files: Mapping[str, bytes] = dataclasses.field(default_factory=dict)
    """What lies beside the answer, by name."""
    unread: tuple[LeftOut, ...] = ()
    """Cells that are no Python."""
