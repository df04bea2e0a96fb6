"""Sources and exercises for tests of mutants."""

from __future__ import annotations

from grader.authoring.exercises import Exercise, Probe
from grader.publishing.mutants.generate import Mutant, make_mutants


def exercise(*names: str) -> Exercise:
    """Return an exercise that asks for these names."""
    found = Exercise(names[0], 1.0, [Probe(names[0], lambda submission: None, {})], names)
    found.id = f"small.{names[0]}"
    return found


def solution(*lines: str, signature: str = "def f(x, y):") -> str:
    """Return a cell with a function whose solution is these lines."""
    body = "\n".join(f"    {line}" for line in lines)
    return f"{signature}\n    ### BEGIN SOLUTION\n{body}\n    ### END SOLUTION\n"


def mutants(*lines: str, signature: str = "def f(x, y):") -> list[Mutant]:
    """Return the mutants of such a function."""
    return make_mutants("small", [solution(*lines, signature=signature)], [exercise("f")])


def changed(*lines: str, kind: str = "", signature: str = "def f(x, y):") -> list[str]:
    """Return what stands in place of the changed lines, for mutants of one kind or all."""
    return [mutant.new for mutant in mutants(*lines, signature=signature) if kind in ("", mutant.kind)]
