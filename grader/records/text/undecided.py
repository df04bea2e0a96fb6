"""How what the grader cannot decide is put to an instructor."""

from __future__ import annotations

from grader.records.text.saying import say


def undecided(question: str, why: str) -> str:
    """Return the sentence that a question ("whether ...") is open, and why.

    >>> undecided("whether torch.einsum made the result", "no call of it could tell")
    'whether torch.einsum made the result could not be decided: look at it: no call of it could tell'
    """
    return say("{question} could not be decided: look at it: {why}", question=question, why=why)
