"""Values and examples as code to paste, values in short, and hostile text made harmless. Torch-free."""

from __future__ import annotations

from grader.explain.clean import clean
from grader.explain.code import code, example_code
from grader.explain.show import show

__all__ = ["clean", "code", "example_code", "show"]
