"""`grader.vocabulary.randomness`, as the `checks.py` of earlier courses imports it."""

from grader.authoring.vocabulary.randomness import generators_at, not_uniform

__all__ = ["generators_at", "not_uniform"]
