"""Are the generated files fresh, and does nothing that students get hold a line of a solution?"""

from __future__ import annotations

from collections.abc import Iterator

from grader.publishing.build import stale_files
from grader.publishing.proofs.items import Item, Patient


def prove(patient: Patient) -> Iterator[Item]:
    """Yield an item for each assignment: what `grader build` would write is what lies there."""
    for name in patient.assignments:
        stale = stale_files(patient.course, name)
        for path, why in stale:
            yield Item("generated files", path, False, why, f"Run `grader build {name}`.")
        if not stale:
            yield Item("generated files", name, True, "fresh, and free of solutions")
