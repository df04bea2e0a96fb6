"""Lets a course prove itself: one module a proof, each a function from an open course to items."""

from __future__ import annotations

from grader.doctor.items import Item, Patient, Proof
from grader.doctor.proofs import generated, mistakes, points, references, stubs

__all__ = ["PROOFS", "Item", "Patient", "Proof"]

PROOFS: dict[str, Proof] = {
    "points": points.prove,
    "generated files": generated.prove,
    "references": references.prove,
    "stubs": stubs.prove,
    "mistakes": mistakes.prove,
}
"""In the order in which they are run: cheap ones first."""
