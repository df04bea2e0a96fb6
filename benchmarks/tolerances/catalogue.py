"""All rows of the tables."""

from __future__ import annotations

from benchmarks.tolerances import activations, geometry, linear, losses, norms, reductions
from benchmarks.tolerances.problem import Problem

PROBLEMS: tuple[Problem, ...] = (
    *norms.PROBLEMS,
    *activations.PROBLEMS,
    *reductions.PROBLEMS,
    *losses.PROBLEMS,
    *linear.PROBLEMS,
    *geometry.PROBLEMS,
)
