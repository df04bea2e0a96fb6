"""The proofs that `grader doctor` asks of a course, behind one literal dict."""

from __future__ import annotations

from grader.publishing.proofs import alternatives, generated, languages, mistakes, points, references, slips, stubs
from grader.publishing.proofs.items import Item, Patient, Proof

__all__ = ["PROOFS", "Item", "Patient", "Proof"]

PROOFS: dict[str, Proof] = {
    "points": points.prove,
    "declarations": slips.prove,
    "languages": languages.prove,
    "generated files": generated.prove,
    "references": references.prove,
    "stubs": stubs.prove,
    "mistakes": mistakes.prove,
    "alternatives": alternatives.prove,
}
"""In the order in which they are run: cheap ones first."""
