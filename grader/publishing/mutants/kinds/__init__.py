"""The kinds of mutation, a module each, behind one literal dict."""

from __future__ import annotations

from grader.publishing.mutants.changes import Mutator
from grader.publishing.mutants.kinds import (
    arguments,
    bounds,
    casts,
    comparisons,
    conditions,
    constants,
    containers,
    dims,
    errors,
    functions,
    gradients,
    keywords,
    loops,
    modes,
    operators,
    returns,
    shapes,
    state,
    statements,
    strings,
)

__all__ = ["KINDS"]

KINDS: dict[str, Mutator] = {
    "operator": operators.mutate,
    "comparison": comparisons.mutate,
    "condition": conditions.mutate,
    "dimension": dims.mutate,
    "constant": constants.mutate,
    "string": strings.mutate,
    "function": functions.mutate,
    "argument": arguments.mutate,
    "keyword": keywords.mutate,
    "bound": bounds.mutate,
    "loop": loops.mutate,
    "gradient": gradients.mutate,
    "cast": casts.mutate,
    "shape": shapes.mutate,
    "mode": modes.mutate,
    "state": state.mutate,
    "container": containers.mutate,
    "return": returns.mutate,
    "error": errors.mutate,
    "statement": statements.mutate,
}
"""In this order two mutators that write the same are told apart: the first has made it."""
