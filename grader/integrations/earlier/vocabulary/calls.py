"""`grader.vocabulary.calls`, as the `checks.py` of earlier courses imports it."""

from grader.authoring.vocabulary.calls import (
    comes_from_function,
    gradients,
    is_autograd_function,
    iterable,
    leaf,
    raised,
)

__all__ = ["comes_from_function", "gradients", "is_autograd_function", "iterable", "leaf", "raised"]
